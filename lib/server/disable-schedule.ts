import type { ScheduleState } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { switchSchedule } from "#lib/db/schedules.ts";
import { requireSchedule } from "./require-schedule.ts";
import { scheduleChangedMeanwhile } from "./schedule-changed-meanwhile.ts";
import { scheduleStateOnWire } from "./schedule-state-on-wire.ts";

/**
 * Switches a schedule off: what is under way ends by itself, what waits behind it does not start. One that is off
 * stays as it is. Throws not_found, and `conflict` when somebody else was faster.
 */
export async function disableSchedule(scope: Scope, id: string): Promise<ScheduleState> {
  const current = await requireSchedule(scope, id);
  if (!current.enabled) return scheduleStateOnWire(current);
  const record = await switchSchedule(scope, id, current.revision, null);
  if (record === null) throw scheduleChangedMeanwhile();
  return scheduleStateOnWire(record);
}
