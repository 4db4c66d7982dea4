import type { Schedule } from "#lib/core/schedule.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { ScheduleRecord } from "#lib/db/schedules.ts";

/** A stored schedule as the API shows it. */
export function scheduleOnWire(record: ScheduleRecord): Schedule {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    method: record.method,
    endpoint: record.endpoint,
    payload: record.payload,
    cron_expr: record.cronExpression,
    timezone: record.timeZone,
    timeout_seconds: record.timeoutSeconds,
    max_retries: record.maxRetries,
    retry_delay_seconds: record.retryDelaySeconds,
    enabled: record.enabled,
    next_run_at: record.nextRunAt === null ? null : secondsOf(record.nextRunAt),
    created_at: secondsOf(record.createdAt),
    updated_at: record.updatedAt === null ? null : secondsOf(record.updatedAt),
    overlap_policy: record.overlapPolicy,
    catch_up_policy: record.catchUpPolicy,
  };
}
