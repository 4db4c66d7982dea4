import type { Schedule } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { requireSchedule } from "./require-schedule.ts";
import { scheduleOnWire } from "./schedule-on-wire.ts";

/** One schedule. Throws not_found. */
export async function getSchedule(scope: Scope, id: string): Promise<Schedule> {
  return scheduleOnWire(await requireSchedule(scope, id));
}
