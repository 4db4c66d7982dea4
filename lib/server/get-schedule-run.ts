import { AppError } from "#lib/core/app-error.ts";
import type { ScheduleRun } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findScheduleRun } from "#lib/db/schedule-runs.ts";
import { scheduleRunOnWire } from "./schedule-run-on-wire.ts";

/** One attempt of a schedule. Throws not_found with the wire's sentence. */
export async function getScheduleRun(scope: Scope, scheduleId: string, id: string): Promise<ScheduleRun> {
  const record = await findScheduleRun(scope, scheduleId, id);
  if (record === null) throw new AppError("not_found", "Schedule run not found");
  return scheduleRunOnWire(record);
}
