import type { Clock } from "./ports.ts";

/** The beginning of a run's driving on the monotonic clock of this process, had it never waited for a person. */
export function startOfDriving(clock: Clock, beganAtMs: number | null): number {
  const agoMs = beganAtMs === null ? 0 : Math.max(0, clock.nowMs() - beganAtMs);
  return clock.monotonicMs() - agoMs;
}
