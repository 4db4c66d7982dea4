import type { CheckPhase } from "./guardrail.ts";
import type { JsonObject } from "./json.ts";

const CHECK_FAILED = Symbol.for("gatehouse.check-failed");

/** What a check says of what it does not let pass. */
interface CheckErrorOptions {
  /** What programs are told beside the trigger. Never the text that was found. */
  data?: JsonObject;
  cause?: unknown;
  phase?: CheckPhase;
}

/**
 * Stops a run: what goes into it, or what comes out of it, is not let through. The message is the sentence for the
 * person, with what to do next; `trigger` is what programs read.
 */
export class CheckError extends Error {
  readonly [CHECK_FAILED] = true;
  readonly trigger: string;
  readonly data: JsonObject | undefined;
  readonly phase: CheckPhase;

  constructor(trigger: string, message: string, { data, cause, phase = "input" }: CheckErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CheckError";
    this.trigger = trigger;
    this.data = data;
    this.phase = phase;
  }

  /** Whether an error is one of these. The process may have this class twice: once in Next's bundle. */
  static isInstance(error: unknown): error is CheckError {
    return error instanceof Error && CHECK_FAILED in error;
  }
}
