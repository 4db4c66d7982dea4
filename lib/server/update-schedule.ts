import type { Schedule, UpdateSchedule } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import {
  type ScheduleDefinition,
  type ScheduleRecord,
  updateSchedule as storeSchedule,
} from "#lib/db/schedules.ts";
import type { EndpointGuard } from "./endpoint-guard.ts";
import { nextScheduleTime } from "./next-schedule-time.ts";
import { requireSchedule } from "./require-schedule.ts";
import { scheduleChangedMeanwhile } from "./schedule-changed-meanwhile.ts";
import { scheduleOnWire } from "./schedule-on-wire.ts";

/**
 * Changes a schedule; what is absent stays. Other times count from now: nothing that was due before is made up for.
 * Throws not_found, `invalid` (expression, time zone), what the guard throws for the endpoint that results, and
 * `conflict` (the name is taken, or somebody else was faster).
 */
export async function updateSchedule(
  scope: Scope,
  id: string,
  input: UpdateSchedule,
  guard: EndpointGuard,
  now: Date = new Date(),
): Promise<Schedule> {
  const current = await requireSchedule(scope, id);
  const definition = changed(current, input);
  const fields = Object.keys(input).filter((field) => input[field as keyof UpdateSchedule] !== undefined);
  if (fields.length === 0) return scheduleOnWire(current);
  const next = nextScheduleTime(definition.cronExpression, definition.timeZone, now);
  guard(definition.method, definition.endpoint);
  const hasOtherTimes =
    definition.cronExpression !== current.cronExpression || definition.timeZone !== current.timeZone;
  const record = await storeSchedule(scope, id, current.revision, {
    definition,
    fields,
    ...(hasOtherTimes && current.enabled ? { nextRunAt: next } : {}),
  });
  if (record === null) throw scheduleChangedMeanwhile();
  return scheduleOnWire(record);
}

function changed(current: ScheduleRecord, input: UpdateSchedule): ScheduleDefinition {
  return {
    name: input.name ?? current.name,
    description: input.description === undefined ? current.description : input.description,
    method: input.method ?? current.method,
    endpoint: input.endpoint ?? current.endpoint,
    payload: input.payload === undefined ? current.payload : input.payload,
    cronExpression: input.cron_expr ?? current.cronExpression,
    timeZone: input.timezone ?? current.timeZone,
    timeoutSeconds: input.timeout_seconds ?? current.timeoutSeconds,
    maxRetries: input.max_retries ?? current.maxRetries,
    retryDelaySeconds: input.retry_delay_seconds ?? current.retryDelaySeconds,
    overlapPolicy: input.overlap_policy ?? current.overlapPolicy,
    catchUpPolicy: input.catch_up_policy ?? current.catchUpPolicy,
  };
}
