/** A reason to stop that is told to the person as one sentence; `details` are lines of a log worth showing. */
export class SetupError extends Error {
  /**
   * @param {string} sentence
   * @param {string[]} [details]
   */
  constructor(sentence, details = []) {
    super(sentence);
    this.name = "SetupError";
    this.details = details;
  }
}
