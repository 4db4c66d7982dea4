import { AppError } from "#lib/core/app-error.ts";
import { checkPhaseOf } from "#lib/core/check-error-type.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import type { RunRecord } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";

/**
 * Throws, for a run that a check has stopped, what whoever waits for its end is told: 400 with the sentence, the trigger
 * and the data of its RunError, and where the run is kept. Every other run passes.
 */
export async function refuseBlockedRun(scope: Scope, runId: string): Promise<void> {
  const run = await getRun(scope, runId);
  if (run === null || run.status !== "ERROR" || checkPhaseOf(run.errorType) === null) return;
  throw await refusalOf(scope, run);
}

async function refusalOf(scope: Scope, run: RunRecord): Promise<AppError> {
  const [last] = await readRunEvents(scope, run.rootRunId, run.nextIndex - 2, 1);
  const body = last?.body.type === "RunError" ? last.body : undefined;
  return new AppError("bad_request", run.errorMessage ?? "The run was stopped by a check.", {
    details: {
      error_type: run.errorType,
      ...(body?.error_id === undefined ? {} : { error_id: body.error_id }),
      ...(body?.additional_data === undefined ? {} : { additional_data: body.additional_data }),
      run_id: run.id,
      session_id: run.sessionId,
    },
  });
}
