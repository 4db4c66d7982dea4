import type { ScheduleState } from "#lib/core/schedule.ts";
import type { ScheduleRecord } from "#lib/db/schedules.ts";
import { scheduleOnWire } from "./schedule-on-wire.ts";

/** What enable and disable tell of a schedule. */
export function scheduleStateOnWire(record: ScheduleRecord): ScheduleState {
  const { id, name, enabled, next_run_at, updated_at } = scheduleOnWire(record);
  return { id, name, enabled, next_run_at, updated_at };
}
