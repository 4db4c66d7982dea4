import { Cron } from "croner";
import { cronPattern } from "./cron-pattern.ts";
import { isTimeZone } from "./is-time-zone.ts";

/** The times of a cron expression in a time zone. All of them are whole minutes. */
export interface CronSchedule {
  /** The first `count` times after `after`; fewer when there are no more. */
  timesAfter(after: Date, count: number): Date[];
  /** The newest `count` times that are not later than `until`, oldest first. */
  timesUntil(until: Date, count: number): Date[];
}

/**
 * Reads a cron expression of five fields. The clock on the wall decides: where clocks go forward over a time, it comes
 * right after the gap; where they go back over it, it comes once, the first time. Expressions with `*` or a step in
 * minutes or hours go on through the repeated hour instead. Null for what is no expression or no time zone, and for one
 * that never comes (31 February).
 */
export function cronSchedule(expression: string, timeZone: string): CronSchedule | null {
  const pattern = cronPattern(expression);
  if (pattern === null || !isTimeZone(timeZone)) return null;
  const cron = parse(pattern, timeZone);
  if (cron?.nextRun(new Date(0)) == null) return null;
  return {
    timesAfter: (after, count) => cron.nextRuns(count, after),
    timesUntil(until, count) {
      // The library leaves the reference time itself out, and it counts in seconds.
      const times = cron.previousRuns(count + 1, new Date(until.getTime() + 1_000));
      return times
        .filter((time) => time <= until)
        .slice(0, count)
        .reverse();
    },
  };
}

function parse(pattern: string, timezone: string): Cron | null {
  try {
    return new Cron(pattern, { timezone, mode: "5-part", fixedTimeRule: "no-wildcard" });
  } catch {
    return null;
  }
}
