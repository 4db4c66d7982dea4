import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { requestCancel } from "#lib/db/run-leases.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";
import { driveRun } from "./drive-run.ts";
import { runDrivers } from "./run-drivers.ts";

/**
 * Asks a run to stop; its driver, in whichever process, keeps the partial text and appends the events. A run that
 * nobody drives ends at once. Unknown and finished runs are no error, and asking again changes nothing; with an `agentId`
 * another agent's run is unknown.
 * A caller bound to a subject must name a session of theirs, and the run's if there is such a run: bad_request without
 * it, not_found for another one.
 */
export async function cancelRun(
  scope: Scope,
  runId: string,
  sessionId: string | undefined,
  agentId?: string,
): Promise<void> {
  if (scope.subject !== null && sessionId === undefined) {
    throw new AppError("bad_request", "session_id is required for this action");
  }
  const found = await getRunSummary(scope, runId);
  const run = agentId === undefined || found?.componentId === agentId ? found : null;
  if (scope.subject !== null && sessionId !== undefined) {
    const isTheirs =
      run === null ? (await getSession(scope, sessionId)) !== null : run.sessionId === sessionId;
    if (!isTheirs) throw new AppError("not_found", `Session with id '${sessionId}' not found`);
  }
  if (run === null) return;
  const outcome = await requestCancel(scope, runId);
  if (outcome !== "requested" && outcome !== "already_requested") return;
  // Whoever can claim it finds that it is to stop, and ends it.
  if (!runDrivers().cancel(run.rootRunId)) await driveRun(scope, run.rootRunId);
}
