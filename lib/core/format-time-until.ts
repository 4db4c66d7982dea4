const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long until then, in words: "now", "in 38 s", "in 6 min", "in 1 h 5 min", "in 3 days", then the date.
 * All times are milliseconds since the epoch; `timeZone` is an IANA name, the process's own when absent.
 */
export function formatTimeUntil(atMs: number, nowMs: number, timeZone?: string): string {
  const wait = atMs - nowMs;
  if (wait < SECOND_MS) return "now";
  if (wait < MINUTE_MS) return `in ${Math.floor(wait / SECOND_MS)} s`;
  if (wait < HOUR_MS) return `in ${Math.floor(wait / MINUTE_MS)} min`;
  if (wait < 6 * HOUR_MS) {
    const minutes = Math.floor((wait % HOUR_MS) / MINUTE_MS);
    return `in ${Math.floor(wait / HOUR_MS)} h${minutes === 0 ? "" : ` ${minutes} min`}`;
  }
  if (wait < DAY_MS) return `in ${Math.floor(wait / HOUR_MS)} h`;
  if (wait < 7 * DAY_MS) {
    const days = Math.floor(wait / DAY_MS);
    return days === 1 ? "in 1 day" : `in ${days} days`;
  }
  const sameYear = new Date(atMs).getUTCFullYear() === new Date(nowMs).getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
    timeZone,
  }).format(atMs);
}
