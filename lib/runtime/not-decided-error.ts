import type { EndReason } from "../core/end-reason.ts";

/** Ends a run that people have refused to let go on, or that nobody has decided about in time. */
export class NotDecidedError extends Error {
  readonly type: string;

  constructor({ sentence, errorType }: EndReason) {
    super(sentence);
    this.name = "NotDecidedError";
    this.type = errorType;
  }
}
