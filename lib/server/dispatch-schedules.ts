import { randomUUID } from "node:crypto";
import { cronSchedule } from "#lib/core/cron-schedule.ts";
import { planFirings } from "#lib/core/plan-firings.ts";
import {
  claimSchedules,
  type DueSchedule,
  endLostFirings,
  listDueSchedules,
  releaseQueuedFirings,
  type ScheduleClaim,
} from "#lib/db/schedule-claims.ts";
import { log } from "./log.ts";

const BATCH = 100;

/**
 * Fires all schedules whose time has come by `now`, those of every organization, and sets going what has waited long
 * enough. Any number of processes may do it at the same time: each time of a schedule is claimed once.
 */
export async function dispatchSchedules(
  now: Date,
): Promise<{ fired: number; released: number; lost: number }> {
  let fired = 0;
  for (let due = BATCH; due === BATCH; ) {
    const schedules = await listDueSchedules(now, BATCH);
    due = schedules.length;
    if (due > 0) fired += (await claimSchedules(schedules.map((schedule) => claimOf(schedule, now)))).length;
  }
  const lost = await endLostFirings();
  const released = (await releaseQueuedFirings()).length;
  return { fired, released, lost };
}

function claimOf(due: DueSchedule, now: Date): ScheduleClaim {
  const cron = cronSchedule(due.cronExpression, due.timeZone);
  if (cron === null) {
    log("error", "A schedule's times cannot be read any more; it rests until somebody changes them.", {
      organizationId: due.organizationId,
      scheduleId: due.id,
    });
    return { due, nextRunAt: null, firings: [] };
  }
  const { firings, nextRunAt } = planFirings(cron, due, now);
  return { due, nextRunAt, firings: firings.map((firing) => ({ ...firing, id: randomUUID() })) };
}
