import type { Finding } from "./finding.ts";

/** One check of the project; it returns what it found, and nothing when all is well. */
export interface Gate {
  name: string;
  run: () => Promise<readonly Finding[]> | readonly Finding[];
}
