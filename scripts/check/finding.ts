/** One broken rule. */
export interface Finding {
  /** Path relative to the project. */
  file: string;
  line?: number | undefined;
  message: string;
}
