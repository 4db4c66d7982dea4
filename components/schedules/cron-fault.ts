import { cronSchedule } from "#lib/core/cron-schedule.ts";

/** What is wrong with a cron expression, in a sentence; undefined for a good one. */
export function cronFault(expression: string): string | undefined {
  if (cronSchedule(expression, "UTC") !== null) return undefined;
  return expression.trim().split(/\s+/).length === 5
    ? "This is no cron expression, or it never comes."
    : "A cron expression has five fields: minute, hour, day, month, weekday.";
}
