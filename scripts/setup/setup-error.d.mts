/** A reason to stop that is told to the person as one sentence; `details` are lines of a log worth showing. */
export class SetupError extends Error {
  constructor(sentence: string, details?: string[]);
  details: string[];
}
