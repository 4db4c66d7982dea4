import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findSchedule, type ScheduleRecord } from "#lib/db/schedules.ts";

/** One schedule of the caller's organization. Throws not_found with the wire's sentence. */
export async function requireSchedule(scope: Scope, id: string): Promise<ScheduleRecord> {
  const record = await findSchedule(scope, id);
  if (record === null) throw new AppError("not_found", "Schedule not found");
  return record;
}
