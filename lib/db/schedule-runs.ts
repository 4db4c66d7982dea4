import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { AttemptStatus, FiringOrigin } from "#lib/core/schedule-firing.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";

/** One attempt of one firing of a schedule. The first attempt's id is the firing's. */
export interface ScheduleRunRecord {
  organizationId: string;
  id: string;
  scheduleId: string;
  firingId: string;
  attempt: number;
  origin: FiringOrigin;
  /** The time on the schedule; null for a firing by hand. */
  dueAt: Date | null;
  status: AttemptStatus;
  statusCode: number | null;
  runId: string | null;
  sessionId: string | null;
  error: string | null;
  input: JsonObject | null;
  output: JsonObject | null;
  requirements: JsonValue[] | null;
  /** Missed times that this firing stands for. */
  missedCount: number;
  /** Firings that were left out because this one was under way. */
  skippedCount: number;
  triggeredAt: Date | null;
  completedAt: Date | null;
  /** When the last attempt had ended and no other was to follow; the same on all attempts. */
  firingEndedAt: Date | null;
  createdAt: Date;
}

/** An attempt as lists show it: without what went in and out. */
export type ScheduleRunSummary = Omit<ScheduleRunRecord, "input" | "output" | "requirements">;

const SUMMARY = `"organizationId", id, "scheduleId", "firingId", attempt, origin, "dueAt", status, "statusCode",
  "runId", "sessionId", error, "missedCount", "skippedCount", "triggeredAt", "completedAt", "firingEndedAt",
  "createdAt"`;

const COLUMNS = `${SUMMARY}, input, output, requirements`;

/** One page of a schedule's attempts, newest first, and how many there are in all. */
export async function listScheduleRuns(
  scope: Scope,
  scheduleId: string,
  page: { offset: number; limit: number },
): Promise<{ runs: ScheduleRunRecord[]; totalCount: number }> {
  const filter = `"organizationId" = $1 AND "scheduleId" = $2`;
  const values = [scope.organizationId, scheduleId];
  const { pool } = database();
  const [listed, counted] = await Promise.all([
    pool.query<ScheduleRunRecord>(
      `SELECT ${COLUMNS} FROM "ScheduleRun" WHERE ${filter}
       ORDER BY "createdAt" DESC, "dueAt" DESC NULLS LAST, attempt DESC, id LIMIT $3 OFFSET $4`,
      [...values, page.limit, page.offset],
    ),
    pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "ScheduleRun" WHERE ${filter}`, values),
  ]);
  return { runs: listed.rows, totalCount: counted.rows[0]?.count ?? 0 };
}

/** The newest attempt of each of these schedules, without payloads; none for a schedule that never fired. */
export async function listLatestScheduleRuns(
  scope: Scope,
  scheduleIds: readonly string[],
): Promise<ScheduleRunSummary[]> {
  const { rows } = await database().pool.query<ScheduleRunSummary>(
    `SELECT r.* FROM unnest($2::text[]) AS wanted(id) CROSS JOIN LATERAL (
       SELECT ${SUMMARY} FROM "ScheduleRun"
       WHERE "organizationId" = $1 AND "scheduleId" = wanted.id AND status <> 'queued'
       ORDER BY "createdAt" DESC, "dueAt" DESC NULLS LAST, attempt DESC LIMIT 1) r`,
    [scope.organizationId, scheduleIds],
  );
  return rows;
}

/** One attempt of a schedule, or null. */
export async function findScheduleRun(
  scope: Scope,
  scheduleId: string,
  id: string,
): Promise<ScheduleRunRecord | null> {
  const { rows } = await database().pool.query<ScheduleRunRecord>(
    `SELECT ${COLUMNS} FROM "ScheduleRun"
     WHERE "organizationId" = $1 AND "scheduleId" = $2 AND id = $3`,
    [scope.organizationId, scheduleId, id],
  );
  return rows[0] ?? null;
}
