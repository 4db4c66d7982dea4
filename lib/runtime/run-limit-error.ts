/** A run that has reached a limit of its agent. `message` is the sentence that a person is shown. */
export class RunLimitError extends Error {
  readonly type: "run_time_limit_error" | "run_step_limit_error";

  constructor(type: RunLimitError["type"], sentence: string) {
    super(sentence);
    this.name = "RunLimitError";
    this.type = type;
  }
}
