/** Thrown by a tool after which the run is to end: the message is the run's answer. The model is not asked again. */
export class StopRunError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StopRunError";
  }
}
