import type { ScheduleState } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { switchSchedule } from "#lib/db/schedules.ts";
import type { EndpointGuard } from "./endpoint-guard.ts";
import { nextScheduleTime } from "./next-schedule-time.ts";
import { requireSchedule } from "./require-schedule.ts";
import { scheduleChangedMeanwhile } from "./schedule-changed-meanwhile.ts";
import { scheduleStateOnWire } from "./schedule-state-on-wire.ts";

/**
 * Switches a schedule on, from its next time on; one that is on stays as it is. Throws not_found, what the guard
 * throws, and `conflict` when somebody else was faster.
 */
export async function enableSchedule(
  scope: Scope,
  id: string,
  guard: EndpointGuard,
  now: Date = new Date(),
): Promise<ScheduleState> {
  const current = await requireSchedule(scope, id);
  guard(current.method, current.endpoint);
  if (current.enabled) return scheduleStateOnWire(current);
  const next = nextScheduleTime(current.cronExpression, current.timeZone, now);
  const record = await switchSchedule(scope, id, current.revision, next);
  if (record === null) throw scheduleChangedMeanwhile();
  return scheduleStateOnWire(record);
}
