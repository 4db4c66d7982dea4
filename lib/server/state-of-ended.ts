import type { AttemptRecord } from "#lib/db/schedule-attempts.ts";
import type { FiringState } from "./firing-state.ts";

/** What follows an attempt that has ended, or that is gone with its schedule. */
export function stateOfEnded(attempt: AttemptRecord | null): FiringState {
  return attempt === null || attempt.firingEndedAt !== null
    ? { kind: "ended" }
    : { kind: "retry", delaySeconds: attempt.retryDelaySeconds };
}
