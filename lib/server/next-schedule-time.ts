import { AppError } from "#lib/core/app-error.ts";
import { cronSchedule } from "#lib/core/cron-schedule.ts";
import { isTimeZone } from "#lib/core/is-time-zone.ts";

/**
 * The first time of an expression after `now`. Throws `invalid` with the wire's sentence for an expression that is
 * none or never comes, and for an unknown time zone.
 */
export function nextScheduleTime(expression: string, timeZone: string, now: Date): Date {
  const next = cronSchedule(expression, timeZone)?.timesAfter(now, 1)[0];
  if (next !== undefined) return next;
  throw new AppError(
    "invalid",
    isTimeZone(timeZone) || cronSchedule(expression, "UTC") === null
      ? `Invalid cron expression: ${expression}`
      : `Invalid timezone: ${timeZone}`,
  );
}
