/** Thrown by a tool that wants to be called otherwise: the message tells the model how. Nothing has been done. */
export class TryAgainError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TryAgainError";
  }
}
