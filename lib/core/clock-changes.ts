const DAY_MS = 86_400_000;

/** A moment at which a time zone's clocks are put forward or back. */
export interface ClockChange {
  at: Date;
  /** How far they are put forward; negative when back. */
  byMs: number;
}

/** The changes of a time zone's clocks after `from`, within `days`, in order. */
export function clockChanges(timeZone: string, from: Date, days: number): ClockChange[] {
  const changes: ClockChange[] = [];
  const endMs = from.getTime() + days * DAY_MS;
  let before = wallClockMs(timeZone, from) - from.getTime();
  for (let dayMs = from.getTime(); dayMs < endMs; dayMs += DAY_MS) {
    const after = offsetMs(timeZone, dayMs + DAY_MS);
    if (after !== before) {
      changes.push({ at: new Date(firstWith(timeZone, after, dayMs, dayMs + DAY_MS)), byMs: after - before });
    }
    before = after;
  }
  return changes;
}

/** What the clock on the wall shows at a moment, as if it were UTC, in milliseconds since the epoch. */
export function wallClockMs(timeZone: string, at: Date): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at.getTime() % 1_000);
}

function offsetMs(timeZone: string, atMs: number): number {
  return wallClockMs(timeZone, new Date(atMs)) - atMs;
}

/** Halves the time between two moments until it finds the minute in which the offset changes. */
function firstWith(timeZone: string, offset: number, lowMs: number, highMs: number): number {
  let low = Math.floor(lowMs / 60_000);
  let high = Math.ceil(highMs / 60_000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(timeZone, middle * 60_000) === offset) high = middle;
    else low = middle;
  }
  return high * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}
