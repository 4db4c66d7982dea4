/** Ends a run for which people had a time to decide, when it was over. Its message is the sentence for the person. */
export class NotDecidedError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "NotDecidedError";
  }
}
