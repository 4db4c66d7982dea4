import type { NewRun } from "../plan-runs.ts";
import { cancellationSql } from "./cancellation-sql.ts";
import type { Bind } from "./store.ts";

/** How long a function's idempotency key holds. */
const DEDUPE_PERIOD = "interval '24 hours'";

/** Of several runs with one key, the first is created, if the key was free. */
const FIRST_OF_KEY = `WHERE c."dedupeKey" IS NULL OR c."dedupeKey" IN (SELECT key FROM held)
  AND c.place = (SELECT min(o.place) FROM candidate o WHERE o."dedupeKey" = c."dedupeKey")`;

interface NewRunsSqlInput {
  runs: readonly NewRun[];
  /** A part of the statement that yields the ids of the events whose runs are to be created. */
  accepted: string;
  now: string;
  bind: Bind;
}

/**
 * The parts of a statement that create runs with their first jobs, deadlines and cancellations; `new_run` yields the
 * ids of those that were created. A run whose singleton or idempotency key is taken is not.
 */
export function newRunsSql({ runs, accepted, now, bind }: NewRunsSqlInput): string[] {
  if (runs.length === 0) return [];
  const values = bind(
    JSON.stringify(runs.map((run, place) => ({ ...run, place, cancellations: undefined }))),
  );
  const isDeduped = runs.some(({ dedupeKey }) => dedupeKey !== null);
  const parts = [
    `candidate AS MATERIALIZED (
      SELECT c.* FROM json_to_recordset(${values}::json) AS c(place int, id text, "functionId" text, "eventId" text,
        "organizationId" text, "maxAttempts" int, "limitKeys" text[], limits int[], priority int,
        "singletonKey" text, "dedupeKey" text, "delayMs" float8, "startTimeoutMs" float8)
      JOIN ${accepted} a ON a.id = c."eventId")`,
  ];
  if (isDeduped) {
    parts.push(`held AS (
      INSERT INTO "DurableDedupe" AS d (key, "expiresAt")
      SELECT DISTINCT "dedupeKey", ${now} + ${DEDUPE_PERIOD} FROM candidate WHERE "dedupeKey" IS NOT NULL
      ON CONFLICT (key) DO UPDATE SET "expiresAt" = excluded."expiresAt" WHERE d."expiresAt" <= ${now}
      RETURNING key)`);
  }
  parts.push(
    `new_run AS (
      INSERT INTO "DurableRun" (id, "functionId", "organizationId", "eventId", status, pending, "maxAttempts", "limitKeys",
        limits, priority, "singletonKey", "createdAt")
      SELECT id, "functionId", "organizationId", "eventId", 'QUEUED', '{}', "maxAttempts", "limitKeys", limits,
        priority, "singletonKey", ${now}
      FROM candidate c ${isDeduped ? FIRST_OF_KEY : ""}
      ON CONFLICT DO NOTHING RETURNING id)`,
    `first_job AS (
      INSERT INTO "DurableJob" (id, "runId", "functionId", kind, "isTimer", "maxAttempts", "availableAt", "orderAt",
        "limitKeys", limits)
      SELECT id || ':start', id, "functionId", 'call', false, "maxAttempts",
        ${now} + "delayMs" * interval '1 millisecond', ${now} - priority * interval '1 second', "limitKeys", limits
      FROM candidate WHERE id IN (SELECT id FROM new_run))`,
  );
  if (runs.some(({ startTimeoutMs }) => startTimeoutMs !== null)) {
    parts.push(`start_deadline AS (
      INSERT INTO "DurableJob" (id, "runId", "functionId", kind, "isTimer", "availableAt", "orderAt", "limitKeys", limits)
      SELECT id || ':start-deadline', id, "functionId", 'start-deadline', true,
        ${now} + "startTimeoutMs" * interval '1 millisecond', ${now}, '{}', '{}'
      FROM candidate WHERE "startTimeoutMs" IS NOT NULL AND id IN (SELECT id FROM new_run))`);
  }
  parts.push(...cancellationSql(runs, bind));
  return parts;
}
