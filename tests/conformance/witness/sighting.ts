/** Something that a function of the suite's app did. */
export interface Sighting {
  label: string;
  data: unknown;
  /** When the witness heard of it, in milliseconds since 1970. */
  atMs: number;
}
