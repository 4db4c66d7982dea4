import { randomUUID } from "node:crypto";
import type { CreateSchedule, Schedule } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { insertSchedule } from "#lib/db/schedules.ts";
import type { EndpointGuard } from "./endpoint-guard.ts";
import { nextScheduleTime } from "./next-schedule-time.ts";
import { scheduleOnWire } from "./schedule-on-wire.ts";

/**
 * Stores a schedule, switched on. Throws `invalid` (expression, time zone), what the guard throws, and `conflict` when
 * the organization has one of this name.
 */
export async function createSchedule(
  scope: Scope,
  input: CreateSchedule,
  guard: EndpointGuard,
  now: Date = new Date(),
): Promise<Schedule> {
  const nextRunAt = nextScheduleTime(input.cron_expr, input.timezone, now);
  guard(input.method, input.endpoint);
  const record = await insertSchedule(scope, {
    id: randomUUID(),
    name: input.name,
    description: input.description ?? null,
    method: input.method,
    endpoint: input.endpoint,
    payload: input.payload ?? null,
    cronExpression: input.cron_expr,
    timeZone: input.timezone,
    timeoutSeconds: input.timeout_seconds,
    maxRetries: input.max_retries,
    retryDelaySeconds: input.retry_delay_seconds,
    overlapPolicy: input.overlap_policy,
    catchUpPolicy: input.catch_up_policy,
    nextRunAt,
  });
  return scheduleOnWire(record);
}
