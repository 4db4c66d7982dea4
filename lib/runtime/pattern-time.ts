/** Milliseconds that all patterns of a check may take with all its texts together. */
const LONGEST_MS = 500;

/** What is left of the time that the patterns of one check have: nothing else of the process runs meanwhile. */
export class PatternTime {
  #leftMs = LONGEST_MS;

  /** Whole milliseconds; 0 when it is over. */
  get leftMs(): number {
    return Math.max(0, Math.ceil(this.#leftMs));
  }

  spend(ms: number): void {
    this.#leftMs -= ms;
  }
}
