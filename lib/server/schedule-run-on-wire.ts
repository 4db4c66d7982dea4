import type { ScheduleRun } from "#lib/core/schedule.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { ScheduleRunRecord } from "#lib/db/schedule-runs.ts";

/** A stored attempt as the API shows it. One that waits for the firing before it counts as running, not yet triggered. */
export function scheduleRunOnWire(record: ScheduleRunRecord): ScheduleRun {
  return {
    id: record.id,
    schedule_id: record.scheduleId,
    attempt: record.attempt,
    triggered_at: record.triggeredAt === null ? null : secondsOf(record.triggeredAt),
    completed_at: record.completedAt === null ? null : secondsOf(record.completedAt),
    status: record.status === "queued" ? "running" : record.status,
    status_code: record.statusCode,
    run_id: record.runId,
    session_id: record.sessionId,
    error: record.error,
    input: record.input,
    output: record.output,
    requirements: record.requirements,
    created_at: secondsOf(record.createdAt),
  };
}
