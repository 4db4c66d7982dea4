import { checkPhaseOf } from "#lib/core/check-error-type.ts";
import type { RunOutcome } from "#lib/runtime/end-of-run.ts";
import { log } from "./log.ts";
import { logFault } from "./log-fault.ts";

/** Logs why a run failed, with the cause that nobody else is told; nothing for one that did not. */
export function logRunFailure(runId: string, outcome: RunOutcome): void {
  if (outcome.status !== "ERROR") return;
  const { id, type, cause } = outcome.error;
  const isCheck = checkPhaseOf(type) !== null;
  if (isCheck && cause === undefined) {
    // It did what it is there for.
    log("info", "A run was stopped by a check.", { runId, errorType: type, trigger: id });
    return;
  }
  if (isCheck) logFault("A run failed.", { runId, errorId: id, errorType: type }, cause);
  else log("error", "A run failed.", { runId, errorId: id, errorType: type, cause });
}
