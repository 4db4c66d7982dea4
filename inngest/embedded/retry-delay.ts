const MINUTE = 60;

/** The server's table: seconds before the second attempt, the third, and so on; the last stands for all later ones. */
const BACKOFF_S = [
  15,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  40 * MINUTE,
  60 * MINUTE,
  120 * MINUTE,
] as const;
const JITTER_S = 30;

/**
 * Milliseconds until the attempt after `attempt` (counted from 0). `retryAfter`, seconds or a date as in the header of
 * that name, comes before the table. `random` is from 0 to 1 and spreads those that failed together.
 */
export function retryDelayMs(input: {
  attempt: number;
  retryAfter: string | null;
  nowMs: number;
  random: number;
}): number {
  const wanted = input.retryAfter === null ? null : wantedDelayMs(input.retryAfter, input.nowMs);
  if (wanted !== null) return wanted;
  const seconds = BACKOFF_S[Math.min(input.attempt, BACKOFF_S.length - 1)] ?? 0;
  return (seconds + Math.floor(input.random * JITTER_S)) * 1_000;
}

function wantedDelayMs(retryAfter: string, nowMs: number): number | null {
  if (/^\d+(?:\.\d+)?$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000;
  const moment = Date.parse(retryAfter);
  return Number.isNaN(moment) ? null : Math.max(0, moment - nowMs);
}
