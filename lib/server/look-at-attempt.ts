import { isFinished } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { type AttemptOutcome, type AttemptRecord, findAttempt } from "#lib/db/schedule-attempts.ts";
import { attemptOutcome } from "./attempt-outcome.ts";
import { cancelRun } from "./cancel-run.ts";
import { finishAttempt } from "./finish-attempt.ts";
import type { FiringState } from "./firing-state.ts";
import { firingWait } from "./firing-wait.ts";
import { settlePausedAttempt } from "./settle-paused-attempt.ts";
import { stateOfEnded } from "./state-of-ended.ts";

/**
 * Looks at the run of an attempt, for the time number `look` (from 0): ends the attempt when the run has ended or
 * paused, and stops a run that has taken longer than its schedule allows.
 */
export async function lookAtAttempt(
  scope: Scope,
  firingId: string,
  attemptNumber: number,
  look: number,
  now: Date = new Date(),
): Promise<FiringState> {
  const attempt = await findAttempt(scope, firingId, attemptNumber);
  if (attempt === null || attempt.status !== "running" || attempt.runId === null)
    return stateOfEnded(attempt);
  const run = await getRunSummary(scope, attempt.runId);
  if (run === null) {
    const outcome = failed("Its run is gone: somebody deleted the session.");
    return finishAttempt(scope, attempt, outcome, { isFinal: true, now });
  }
  if (isFinished(run.status) || run.status === "PAUSED") {
    const outcome = await attemptOutcome(scope, run);
    // Whoever cancels a run does not want it again.
    const isFinal = outcome.status !== "failed" || run.status === "CANCELLED";
    const state = await finishAttempt(scope, attempt, outcome, { isFinal, now });
    // The run may have gone on and ended since it was read; then its end came too early to find a paused attempt.
    if (run.status === "PAUSED") await settlePausedAttempt(scope, run.id);
    return state;
  }
  const leftSeconds = secondsLeft(attempt, now);
  if (leftSeconds > 0) {
    const waitSeconds = firingWait(look + 1, attempt.timeoutSeconds, leftSeconds);
    return { kind: "running", runId: run.id, waitSeconds };
  }
  await cancelRun(scope, run.id, run.sessionId);
  const error = `The run took longer than ${attempt.timeoutSeconds.toLocaleString("en-GB")} s and was stopped.`;
  return finishAttempt(scope, attempt, { ...failed(error), status: "timeout" }, { isFinal: false, now });
}

function secondsLeft(attempt: AttemptRecord, now: Date): number {
  const sinceMs = now.getTime() - (attempt.triggeredAt ?? now).getTime();
  return attempt.timeoutSeconds - sinceMs / 1_000;
}

function failed(error: string): AttemptOutcome {
  return { status: "failed", statusCode: null, error };
}
