import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { requestCancel } from "#lib/db/run-leases.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { driveRun } from "./drive-run.ts";
import { runDrivers } from "./run-drivers.ts";

/**
 * Asks a run to stop; its driver, in whichever process, keeps the partial text and appends the events. A run that
 * nobody drives ends at once. Unknown and finished runs are no error, and asking again changes nothing.
 * A caller bound to a subject must name the run's session: bad_request without it, not_found for another one.
 */
export async function cancelRun(scope: Scope, runId: string, sessionId: string | undefined): Promise<void> {
  if (scope.subject !== null && sessionId === undefined) {
    throw new AppError("bad_request", "session_id is required for this action");
  }
  const run = await getRunSummary(scope, runId);
  if (scope.subject !== null && run?.sessionId !== sessionId) {
    throw new AppError("not_found", `Session with id '${sessionId}' not found`);
  }
  if (run === null) return;
  const outcome = await requestCancel(scope, runId);
  if (outcome !== "requested" && outcome !== "already_requested") return;
  // Whoever can claim it finds that it is to stop, and ends it.
  if (!runDrivers().cancel(run.rootRunId)) await driveRun(scope, run.rootRunId);
}
