import type { DurableRun } from "#lib/core/durable-run.ts";
import type { DurableRunRecord } from "#lib/db/durable-runs.ts";

/** The engine puts the application's name in front of a function's id. */
export const FUNCTION_ID_PREFIX = "gatehouse-";

/** A stored job in the API's form. */
export function durableRunOnWire(record: DurableRunRecord): DurableRun {
  return {
    id: record.id,
    function: record.functionId.startsWith(FUNCTION_ID_PREFIX)
      ? record.functionId.slice(FUNCTION_ID_PREFIX.length)
      : record.functionId,
    event: record.eventName,
    about: record.about,
    status: record.status,
    failed_attempts: record.failedAttempts,
    waits_for: record.waitsFor,
    waits_until: seconds(record.waitsUntil),
    error: record.error,
    created_at: Math.floor(record.createdAt.getTime() / 1_000),
    started_at: seconds(record.startedAt),
    ended_at: seconds(record.endedAt),
  };
}

function seconds(date: Date | null): number | null {
  return date === null ? null : Math.floor(date.getTime() / 1_000);
}
