import type { Scope } from "#lib/core/scope.ts";
import {
  type AttemptOutcome,
  type AttemptRecord,
  endAttempt,
  findAttempt,
} from "#lib/db/schedule-attempts.ts";
import { releaseQueuedFirings } from "#lib/db/schedule-claims.ts";
import type { FiringState } from "./firing-state.ts";
import { stateOfEnded } from "./state-of-ended.ts";

/**
 * Ends an attempt. The firing goes on after a failure while retries are left and the schedule is enabled, unless
 * `isFinal`; when it ends, what is queued behind it is set going.
 */
export async function finishAttempt(
  scope: Scope,
  attempt: AttemptRecord,
  outcome: AttemptOutcome,
  options: { isFinal: boolean; now: Date },
): Promise<FiringState> {
  const endsFiring = options.isFinal || !attempt.enabled || attempt.attempt > attempt.maxRetries;
  const ended = await endAttempt(scope, attempt.id, outcome, { endsFiring, now: options.now });
  if (!ended) return stateOfEnded(await findAttempt(scope, attempt.firingId, attempt.attempt));
  if (!endsFiring) return { kind: "retry", delaySeconds: attempt.retryDelaySeconds };
  await releaseQueuedFirings({ organizationId: scope.organizationId, scheduleId: attempt.scheduleId });
  return { kind: "ended" };
}
