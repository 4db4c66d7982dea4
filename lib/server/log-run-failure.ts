import type { RunOutcome } from "#lib/runtime/end-of-run.ts";
import { log } from "./log.ts";

/** Logs why a run failed, with the cause that nobody else is told; nothing for one that did not. */
export function logRunFailure(runId: string, outcome: RunOutcome): void {
  if (outcome.status !== "ERROR") return;
  const { id, type, cause } = outcome.error;
  log("error", "A run failed.", { runId, errorId: id, errorType: type, cause });
}
