import { randomUUID } from "node:crypto";
import { z } from "zod";
import { runTarget } from "#lib/core/run-target.ts";
import type { Scope } from "#lib/core/scope.ts";
import { beginAttempt, noteRunOfAttempt } from "#lib/db/schedule-attempts.ts";
import { answerSentence } from "./answer-sentence.ts";
import { callAsScheduler } from "./call-as-scheduler.ts";
import { finishAttempt } from "./finish-attempt.ts";
import type { FiringState } from "./firing-state.ts";
import { firingWait } from "./firing-wait.ts";
import { stateOfEnded } from "./state-of-ended.ts";

const acceptedSchema = z.object({ run_id: z.string(), session_id: z.string() });

/**
 * Begins an attempt of a firing: calls what the schedule says. Whoever calls it again after a crash finds the run that
 * was started, or starts it under the same key; a run is never started twice. Rejects when the API cannot be reached.
 */
export async function startAttempt(
  scope: Scope,
  firingId: string,
  attemptNumber: number,
  now: Date = new Date(),
): Promise<FiringState> {
  const attempt = await beginAttempt(scope, firingId, attemptNumber, randomUUID(), now);
  if (attempt === null || attempt.status !== "running" || attempt.request === null)
    return stateOfEnded(attempt);
  const running = (runId: string): FiringState => ({
    kind: "running",
    runId,
    waitSeconds: firingWait(0, attempt.timeoutSeconds, attempt.timeoutSeconds),
  });
  if (attempt.runId !== null) return running(attempt.runId);

  const { request } = attempt;
  const { statusCode, text } = await callAsScheduler(scope.organizationId, request, {
    idempotencyKey: `schedule-run-${attempt.id}`,
    timeoutMs: attempt.timeoutSeconds * 1_000,
  });
  const hasFailed = statusCode < 200 || statusCode >= 300;
  if (hasFailed || runTarget(request.method, request.endpoint) === null) {
    return finishAttempt(
      scope,
      attempt,
      {
        status: statusCode === 504 ? "timeout" : hasFailed ? "failed" : "success",
        statusCode,
        error: hasFailed ? answerSentence(text) : null,
      },
      { isFinal: !hasFailed, now: new Date() },
    );
  }
  const accepted = acceptedSchema.parse(JSON.parse(text));
  await noteRunOfAttempt(scope, attempt.id, {
    runId: accepted.run_id,
    sessionId: accepted.session_id,
    statusCode,
  });
  return running(accepted.run_id);
}
