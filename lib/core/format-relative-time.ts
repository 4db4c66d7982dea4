const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long ago, in words: "38 s ago", "6 min ago", "1 h 5 min ago", "3 days ago", then the date.
 * All times are milliseconds since the epoch; `timeZone` is an IANA name, the process's own when absent.
 */
export function formatRelativeTime(atMs: number, nowMs: number, timeZone?: string): string {
  const age = Math.max(0, nowMs - atMs);
  if (age < 5 * SECOND_MS) return "now";
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s ago`;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  if (age < 6 * HOUR_MS) {
    const minutes = Math.floor((age % HOUR_MS) / MINUTE_MS);
    return `${Math.floor(age / HOUR_MS)} h${minutes === 0 ? "" : ` ${minutes} min`} ago`;
  }
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h ago`;
  if (age < 7 * DAY_MS) {
    const days = Math.floor(age / DAY_MS);
    return days === 1 ? "1 day ago" : `${days} days ago`;
  }
  return dateOf(atMs, nowMs, timeZone);
}

/** The same where room is scarce, in one unit: "38 s", "6 min", "1 h", "3 days", then the date. */
export function formatShortAge(atMs: number, nowMs: number, timeZone?: string): string {
  const age = Math.max(0, nowMs - atMs);
  if (age < 5 * SECOND_MS) return "now";
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s`;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h`;
  if (age < 2 * DAY_MS) return "1 day";
  if (age < 7 * DAY_MS) return `${Math.floor(age / DAY_MS)} days`;
  return dateOf(atMs, nowMs, timeZone);
}

function dateOf(atMs: number, nowMs: number, timeZone: string | undefined): string {
  const sameYear = new Date(atMs).getUTCFullYear() === new Date(nowMs).getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
    timeZone,
  }).format(atMs);
}
