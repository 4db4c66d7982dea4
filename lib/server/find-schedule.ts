import type { Scope } from "#lib/core/scope.ts";
import { findSchedule as readSchedule, type ScheduleRecord } from "#lib/db/schedules.ts";

/** Finds a schedule for a page: null when there is none. */
export function findSchedule(scope: Scope, id: string): Promise<ScheduleRecord | null> {
  return readSchedule(scope, id);
}
