import { isFinished } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { isPausedAttempt, settlePausedAttempt as write } from "#lib/db/schedule-attempts.ts";
import { attemptOutcome } from "./attempt-outcome.ts";

/**
 * Writes into a schedule's history what came of a run after its pause, once it has ended. The firing ended with the
 * pause: nothing is tried again. Does nothing for a run that no paused attempt has started.
 */
export async function settlePausedAttempt(scope: Scope, runId: string): Promise<void> {
  if (!(await isPausedAttempt(scope, runId))) return;
  const run = await getRunSummary(scope, runId);
  if (run === null || !isFinished(run.status)) return;
  await write(scope, runId, await attemptOutcome(scope, run), new Date());
}
