/**
 * Thrown by a tool that changes the world when it cannot know whether it did: the other side was told, and gave no
 * answer. The call is not tried again; a person says what became of it. The message is for them.
 */
export class OutcomeUnknownError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutcomeUnknownError";
  }
}
