import { AppError } from "../core/app-error.ts";
import { CheckError } from "../core/check-error.ts";
import { checkErrorType } from "../core/check-error-type.ts";
import type { JsonObject } from "../core/json.ts";
import { ModelCallError } from "./model-call-error.ts";
import { RunLimitError } from "./run-limit-error.ts";
import { NotDecidedError } from "./not-decided-error.ts";
import { UnpricedModelError } from "./unpriced-model-error.ts";

/** How the driving of a run ended. */
export type RunOutcome =
  | { status: "COMPLETED" | "CANCELLED"; content: string }
  | { status: "ERROR"; content: string; error: RunFailure }
  /** It waits for people and is nobody's; what they decide wakes it. */
  | { status: "PAUSED" }
  /** The driver was told to stop where it stands; whoever claims the run next goes on. */
  | { status: "HANDED_OVER" }
  /** Another driver has the run now; nothing was written after that was known. */
  | { status: "LEASE_LOST" };

/** Why a run failed: what the person and the wire are told, and the cause for the log. */
export interface RunFailure {
  type: string;
  sentence: string;
  /** For the log; of a run that a check has stopped, the check's trigger. */
  id: string;
  /** What programs are told beside it. */
  data?: JsonObject;
  cause: unknown;
}

/** Puts whatever ended a run into words. Errors that we do not know are not shown, only named by their id. */
export function explainFailure(error: unknown, id: string): RunFailure {
  if (CheckError.isInstance(error)) {
    const { phase, message: sentence, trigger, data, cause } = error;
    return {
      type: checkErrorType(phase),
      sentence,
      id: trigger,
      ...(data === undefined ? {} : { data }),
      cause,
    };
  }
  if (error instanceof ModelCallError) {
    return { type: error.type, sentence: error.message, id, cause: error.cause ?? error };
  }
  if (error instanceof RunLimitError) return { type: error.type, sentence: error.message, id, cause: error };
  if (error instanceof UnpricedModelError)
    return { type: error.type, sentence: error.message, id, cause: error };
  if (error instanceof AppError) {
    return { type: error.code, sentence: error.message, id, cause: error.cause ?? error };
  }
  if (error instanceof NotDecidedError) {
    return { type: error.type, sentence: error.message, id, cause: error };
  }
  const sentence = `The run failed for a reason of ours, not the model's. Try again; the log has the cause under ${id}.`;
  return { type: "internal", sentence, id, cause: error };
}
