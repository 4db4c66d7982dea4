import { isFinished, type RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { type AttemptOutcome, type AttemptRecord, findAttempt } from "#lib/db/schedule-attempts.ts";
import { cancelRun } from "./cancel-run.ts";
import { finishAttempt } from "./finish-attempt.ts";
import type { FiringState } from "./firing-state.ts";
import { firingWait } from "./firing-wait.ts";
import { getRunOutput } from "./get-run-output.ts";
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
    const outcome = await outcomeOf(scope, run.id, run.sessionId, run.status, run.errorMessage);
    // Whoever cancels a run does not want it again.
    const isFinal = outcome.status !== "failed" || run.status === "CANCELLED";
    return finishAttempt(scope, attempt, outcome, { isFinal, now });
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

async function outcomeOf(
  scope: Scope,
  runId: string,
  sessionId: string,
  status: RunStatus,
  errorMessage: string | null,
): Promise<AttemptOutcome> {
  const { input, content, content_type, requirements } = await getRunOutput(scope, runId, sessionId);
  const output = content === undefined ? null : { content, content_type: content_type ?? "str" };
  const common = { statusCode: 200, input: { ...input }, output };
  switch (status) {
    case "COMPLETED":
    case "REGENERATED":
      return { ...common, status: "success", error: null };
    case "PAUSED":
      return { ...common, status: "paused", error: null, requirements: requirements ?? null };
    case "CANCELLED":
      return { ...common, status: "failed", error: "Run was cancelled" };
    case "ERROR":
    case "PENDING":
    case "RUNNING":
      return { ...common, status: "failed", error: errorMessage ?? "The run failed." };
  }
}
