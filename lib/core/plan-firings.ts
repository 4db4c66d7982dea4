import type { CronSchedule } from "./cron-schedule.ts";
import type { CatchUpPolicy } from "./schedule.ts";

/** A time that passed longer ago than this was missed: something was down. One lost tick of a minute is not. */
export const MISSED_AFTER_MS = 120_000;

/** The most firings that `all` makes up for. */
export const MOST_CATCH_UPS = 50;

/** The most missed times that are counted; a month of minutes is nobody's number. */
const MOST_COUNTED = 200;

/** A firing that is due. */
export interface PlannedFiring {
  /** The time on the schedule, a whole minute. */
  dueAt: Date;
  /** True for one that is made up for after its time. */
  isCatchUp: boolean;
  /** How many other times it stands for, all of them missed. */
  missedCount: number;
}

export interface FiringPlan {
  firings: PlannedFiring[];
  /** The next time after now; null when there is none. */
  nextRunAt: Date | null;
}

/**
 * Decides what a schedule whose `nextRunAt` has come fires now. Every time in [nextRunAt, now] that is not missed fires
 * by itself; the missed ones follow the catch-up policy. Firings are in the order of their times.
 */
export function planFirings(
  cron: CronSchedule,
  schedule: { nextRunAt: Date; catchUpPolicy: CatchUpPolicy },
  now: Date,
): FiringPlan {
  const minutes = Math.ceil((now.getTime() - schedule.nextRunAt.getTime()) / 60_000) + 1;
  const due = cron
    .timesUntil(now, Math.min(minutes, MOST_COUNTED))
    .filter((time) => time >= schedule.nextRunAt);
  // The stored time fires even where the time zone's rules have changed since.
  if (due.length === 0) due.push(schedule.nextRunAt);
  const isMissed = (time: Date) => now.getTime() - time.getTime() > MISSED_AFTER_MS;
  const missed = due.filter(isMissed);
  const punctual = due
    .filter((time) => !isMissed(time))
    .map((dueAt): PlannedFiring => ({ dueAt, isCatchUp: false, missedCount: 0 }));
  return {
    firings: withMissed(missed, punctual, schedule.catchUpPolicy),
    nextRunAt: cron.timesAfter(now, 1)[0] ?? null,
  };
}

function withMissed(missed: Date[], punctual: PlannedFiring[], policy: CatchUpPolicy): PlannedFiring[] {
  const newest = missed.at(-1);
  if (newest === undefined) return punctual;
  switch (policy) {
    case "skip":
      return punctual;
    case "once": {
      const [first, ...rest] = punctual;
      return first === undefined
        ? [{ dueAt: newest, isCatchUp: true, missedCount: missed.length - 1 }]
        : [{ ...first, missedCount: missed.length }, ...rest];
    }
    case "all": {
      const made = missed.slice(-MOST_CATCH_UPS);
      return [
        ...made.map((dueAt, place) => ({
          dueAt,
          isCatchUp: true,
          missedCount: place === 0 ? missed.length - made.length : 0,
        })),
        ...punctual,
      ];
    }
  }
}
