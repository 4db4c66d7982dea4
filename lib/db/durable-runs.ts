import type { DurableRunStatus } from "../core/durable-run.ts";
import type { JsonObject } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/** A durable job of an organization. Its function's id has the application's name in front. */
export interface DurableRunRecord {
  id: string;
  functionId: string;
  eventName: string;
  /** What the rows that its event names say of themselves: a run's question, a schedule's name. */
  about: string | null;
  status: DurableRunStatus;
  failedAttempts: number;
  waitsFor: string | null;
  waitsUntil: Date | null;
  /** The failure's message; of a job that is tried again, the last one's. */
  error: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** One of its steps. */
export interface DurableStepRecord {
  id: string;
  name: string;
  op: string;
  status: "WAITING" | "COMPLETED" | "FAILED";
  waitsFor: string | null;
  waitsUntil: Date | null;
  attempts: number;
  createdAt: Date;
  settledAt: Date | null;
  error: string | null;
}

export interface DurableRunFilter {
  status?: DurableRunStatus;
  /** With the application's name in front. */
  functionId?: string;
}

// A run without a call that is queued or under way waits for a step to settle. A call that is not due yet waits to be
// tried again. Texts are JSON: what is told of them is taken out here, so that no payload is sent for a list.
const STATUS = `CASE
  WHEN r."endedAt" IS NOT NULL THEN lower(r.status)
  WHEN r."startedAt" IS NULL THEN 'queued'
  WHEN call.id IS NULL OR (call."ownerId" IS NULL AND call."availableAt" > now()) THEN 'waiting'
  ELSE 'running' END`;

const JOINS = `
  JOIN "DurableEvent" e ON e.id = r."eventId"
  LEFT JOIN LATERAL (
    SELECT j.id, j.attempt, j."ownerId", j."availableAt", j.payload FROM "DurableJob" j
    WHERE j."runId" = r.id AND NOT j."isTimer"
    ORDER BY j."ownerId" IS NULL, j."availableAt" LIMIT 1) call ON true
  LEFT JOIN LATERAL (
    SELECT s."waitsFor", s."waitsUntil", s.op FROM "DurableStep" s
    WHERE s."runId" = r.id AND s.status = 'WAITING'
    ORDER BY s."waitsUntil" NULLS LAST, s."createdAt" LIMIT 1) step ON r."endedAt" IS NULL`;

const ABOUT = `
  LEFT JOIN "Run" asked ON asked."organizationId" = r."organizationId"
    AND asked.id = e.payload::json -> 'data' ->> 'runId'
  LEFT JOIN "Schedule" fired ON fired."organizationId" = r."organizationId"
    AND fired.id = e.payload::json -> 'data' ->> 'scheduleId'`;

const COLUMNS = `r.id, r."functionId", e.name AS "eventName", ${STATUS} AS status,
  COALESCE(asked."inputPreview", fired.name) AS about,
  COALESCE(call.attempt, 0) AS "failedAttempts", step."waitsFor",
  COALESCE(step."waitsUntil",
    CASE WHEN call."ownerId" IS NULL AND call."availableAt" > now() THEN call."availableAt" END) AS "waitsUntil",
  COALESCE(r.error, call.payload)::json ->> 'message' AS error, r."createdAt", r."startedAt", r."endedAt"`;

/** One page of the organization's durable jobs, newest first, and how many match in all. */
export async function listDurableRuns(
  scope: Scope,
  filter: DurableRunFilter,
  page: { limit: number; offset: number },
): Promise<{ runs: DurableRunRecord[]; totalCount: number }> {
  const { pool } = database();
  const conditions = `r."organizationId" = $1 AND ($2::text IS NULL OR r."functionId" = $2)`;
  const values: unknown[] = [scope.organizationId, filter.functionId ?? null];
  // Only a filter on what is computed needs the joins for the count.
  const counted =
    filter.status === undefined
      ? `SELECT count(*)::int AS count FROM "DurableRun" r WHERE ${conditions}`
      : `SELECT count(*)::int AS count FROM "DurableRun" r ${JOINS} WHERE ${conditions} AND ${STATUS} = $3`;
  const byStatus = filter.status === undefined ? "" : `AND ${STATUS} = $3`;
  const filterValues = filter.status === undefined ? values : [...values, filter.status];
  const place = filterValues.length;
  const [listed, count] = await Promise.all([
    pool.query<DurableRunRecord>(
      `SELECT ${COLUMNS} FROM "DurableRun" r ${JOINS} ${ABOUT} WHERE ${conditions} ${byStatus}
       ORDER BY r.ordinal DESC LIMIT $${place + 1} OFFSET $${place + 2}`,
      [...filterValues, page.limit, page.offset],
    ),
    pool.query<{ count: number }>(counted, filterValues),
  ]);
  return { runs: listed.rows, totalCount: count.rows[0]?.count ?? 0 };
}

/** One job with the data of its event and its steps, or null when the organization has none of this id. */
export async function findDurableRun(
  scope: Scope,
  id: string,
): Promise<{ run: DurableRunRecord; eventData: JsonObject; steps: DurableStepRecord[] } | null> {
  const { pool } = database();
  const [found, steps] = await Promise.all([
    pool.query<DurableRunRecord & { eventData: JsonObject | null }>(
      `SELECT ${COLUMNS}, e.payload::json -> 'data' AS "eventData" FROM "DurableRun" r ${JOINS} ${ABOUT}
       WHERE r."organizationId" = $1 AND r.id = $2`,
      [scope.organizationId, id],
    ),
    pool.query<DurableStepRecord>(
      `SELECT s.id, s.name, s.op, s.status, s."waitsFor", s."waitsUntil", s.attempts, s."createdAt", s."settledAt",
         CASE WHEN s.status = 'FAILED' THEN s.state::json -> 'error' ->> 'message' END AS error
       FROM "DurableStep" s JOIN "DurableRun" r ON r.id = s."runId"
       WHERE r."organizationId" = $1 AND r.id = $2 ORDER BY s."createdAt", s.ordinal LIMIT 1000`,
      [scope.organizationId, id],
    ),
  ]);
  const [row] = found.rows;
  if (row === undefined) return null;
  const { eventData, ...run } = row;
  return { run, eventData: eventData ?? {}, steps: steps.rows };
}
