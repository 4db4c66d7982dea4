import { clockChanges, type ClockChange, wallClockMs } from "./clock-changes.ts";
import { cronSchedule } from "./cron-schedule.ts";

/** With more times than this in the hour that is left out or comes twice, nobody waits for a certain one. */
const MOST_TIMES = 4;

/**
 * What the coming year's changes of the clocks do to a schedule's times, a sentence each; empty when nothing
 * remarkable happens. `now` decides what is coming.
 */
export function clockChangeNotes(expression: string, timeZone: string, now: Date): string[] {
  if (cronSchedule(expression, timeZone) === null) return [];
  return clockChanges(timeZone, now, 366).flatMap((change) => noteOf(expression, timeZone, change, now));
}

function noteOf(expression: string, timeZone: string, { at, byMs }: ClockChange, now: Date): string[] {
  const lengthMs = Math.abs(byMs);
  const shownAfterMs = wallClockMs(timeZone, at);
  // The hour that the clock leaves out ends with what it shows after the change; one that comes twice begins with it.
  const fromMs = byMs > 0 ? shownAfterMs - lengthMs : shownAfterMs;
  // The same expression on a clock that never changes tells which times fall into that hour.
  const wall = cronSchedule(expression, "UTC")
    ?.timesAfter(new Date(fromMs - 1_000), MOST_TIMES + 1)
    .filter((time) => time.getTime() < fromMs + lengthMs);
  if (wall === undefined || wall.length === 0 || wall.length > MOST_TIMES) return [];
  const times = listOf(wall.map(clockTime));
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(at.getUTCFullYear() === now.getUTCFullYear() ? {} : { year: "numeric" }),
  })
    .format(at.getTime() - 60_000)
    .replace(",", "");
  const real = firingsBetween(expression, timeZone, at.getTime() - lengthMs, at.getTime() + lengthMs);
  if (byMs > 0) {
    const next = cronSchedule(expression, "UTC")?.timesAfter(new Date(shownAfterMs - 1_000), 1)[0];
    const isOwnTime = next?.getTime() === shownAfterMs;
    const instead = !isOwnTime && real.some((time) => time.getTime() === at.getTime());
    return [
      `Clocks go forward on ${day} and leave out ${times}: ${
        instead ? `it fires at ${clockTime(new Date(shownAfterMs))} instead` : "it does not fire then"
      }.`,
    ];
  }
  return [
    `Clocks go back on ${day} and show ${times} twice: it fires ${real.length > wall.length ? "both times" : "the first time"}.`,
  ];
}

function firingsBetween(expression: string, timeZone: string, fromMs: number, untilMs: number): Date[] {
  const times =
    cronSchedule(expression, timeZone)?.timesAfter(new Date(fromMs - 1_000), MOST_TIMES * 2 + 1) ?? [];
  return times.filter((time) => time.getTime() < untilMs);
}

function clockTime(wall: Date): string {
  return wall.toISOString().slice(11, 16);
}

function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
