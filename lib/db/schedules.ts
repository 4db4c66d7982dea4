import { AppError } from "#lib/core/app-error.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { CatchUpPolicy, OverlapPolicy, ScheduleMethod } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";
import { isUniqueViolation } from "./is-unique-violation.ts";

/** What a person decides about a schedule. */
export interface ScheduleDefinition {
  name: string;
  description: string | null;
  method: ScheduleMethod;
  /** A path of this API without `/api`. */
  endpoint: string;
  payload: JsonObject | null;
  cronExpression: string;
  timeZone: string;
  timeoutSeconds: number;
  maxRetries: number;
  retryDelaySeconds: number;
  overlapPolicy: OverlapPolicy;
  catchUpPolicy: CatchUpPolicy;
}

/** A stored schedule. */
export interface ScheduleRecord extends ScheduleDefinition {
  organizationId: string;
  id: string;
  enabled: boolean;
  /** The next time that is not claimed yet; it stays where it was while the schedule is disabled. */
  nextRunAt: Date | null;
  /** Counts the changes by people. */
  revision: number;
  createdAt: Date;
  /** Null until somebody changes it. */
  updatedAt: Date | null;
}

const COLUMNS = `"organizationId", id, name, description, method, endpoint, payload, "cronExpression", "timeZone",
  "timeoutSeconds", "maxRetries", "retryDelaySeconds", "overlapPolicy", "catchUpPolicy", enabled, "nextRunAt",
  revision, "createdAt", "updatedAt"`;

const AUDIT = `INSERT INTO "AuditEntry"
  ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)`;

/** One page of the organization's schedules, newest first, and how many there are in all. */
export async function listSchedules(
  scope: Scope,
  page: { enabled: boolean | null; nameContains?: string; offset: number; limit: number },
): Promise<{ schedules: ScheduleRecord[]; totalCount: number }> {
  const filter = `"organizationId" = $1 AND ($2::boolean IS NULL OR enabled = $2)
    AND ($3::text = '' OR strpos(lower(name || ' ' || COALESCE(description, '') || ' ' || endpoint), lower($3)) > 0)`;
  const values = [scope.organizationId, page.enabled, page.nameContains ?? ""];
  const { pool } = database();
  const [listed, counted] = await Promise.all([
    pool.query<ScheduleRecord>(
      `SELECT ${COLUMNS} FROM "Schedule" WHERE ${filter} ORDER BY "createdAt" DESC, id LIMIT $4 OFFSET $5`,
      [...values, page.limit, page.offset],
    ),
    pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "Schedule" WHERE ${filter}`, values),
  ]);
  return { schedules: listed.rows, totalCount: counted.rows[0]?.count ?? 0 };
}

/** One schedule, or null. */
export async function findSchedule(scope: Scope, id: string): Promise<ScheduleRecord | null> {
  const { rows } = await database().pool.query<ScheduleRecord>(
    `SELECT ${COLUMNS} FROM "Schedule" WHERE "organizationId" = $1 AND id = $2`,
    [scope.organizationId, id],
  );
  return rows[0] ?? null;
}

/** Stores a schedule, enabled, with its audit row. Throws `conflict` when the organization has one of this name. */
export async function insertSchedule(
  scope: Scope,
  schedule: ScheduleDefinition & { id: string; nextRunAt: Date },
): Promise<ScheduleRecord> {
  const { rows } = await database().pool.query<ScheduleRecord>(
    `WITH s AS (
       INSERT INTO "Schedule" ("organizationId", id, name, description, method, endpoint, payload, "cronExpression",
         "timeZone", "timeoutSeconds", "maxRetries", "retryDelaySeconds", "overlapPolicy", "catchUpPolicy",
         "nextRunAt")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT ("organizationId", name) DO NOTHING RETURNING *),
     audit AS (${AUDIT} SELECT "organizationId", $16, $17, 'schedule.created', 'schedule', id, $18 FROM s)
     SELECT ${COLUMNS} FROM s`,
    [
      scope.organizationId,
      schedule.id,
      schedule.name,
      schedule.description,
      schedule.method,
      schedule.endpoint,
      schedule.payload === null ? null : JSON.stringify(schedule.payload),
      schedule.cronExpression,
      schedule.timeZone,
      schedule.timeoutSeconds,
      schedule.maxRetries,
      schedule.retryDelaySeconds,
      schedule.overlapPolicy,
      schedule.catchUpPolicy,
      schedule.nextRunAt,
      scope.actor.kind,
      scope.actor.id,
      JSON.stringify({
        name: schedule.name,
        endpoint: schedule.endpoint,
        method: schedule.method,
        cron_expr: schedule.cronExpression,
        timezone: schedule.timeZone,
      }),
    ],
  );
  const [created] = rows;
  if (created === undefined) throw nameTaken(schedule.name);
  return created;
}

/**
 * Replaces what a person decides about a schedule, with the audit row (`fields`: the names of what changed). With
 * `nextRunAt` its next time is that one; without it stays. Returns null when the schedule is gone or was changed since
 * `revision`. Throws `conflict` when another one has the name.
 */
export async function updateSchedule(
  scope: Scope,
  id: string,
  revision: number,
  change: { definition: ScheduleDefinition; nextRunAt?: Date; fields: readonly string[] },
): Promise<ScheduleRecord | null> {
  const { definition, nextRunAt, fields } = change;
  try {
    const { rows } = await database().pool.query<ScheduleRecord>(
      `WITH s AS (
         UPDATE "Schedule" SET name = $4, description = $5, method = $6, endpoint = $7, payload = $8,
           "cronExpression" = $9, "timeZone" = $10, "timeoutSeconds" = $11, "maxRetries" = $12,
           "retryDelaySeconds" = $13, "overlapPolicy" = $14, "catchUpPolicy" = $15,
           "nextRunAt" = COALESCE($16, "nextRunAt"), revision = revision + 1, "updatedAt" = now()
         WHERE "organizationId" = $1 AND id = $2 AND revision = $3 RETURNING *),
       audit AS (${AUDIT} SELECT "organizationId", $17, $18, 'schedule.updated', 'schedule', id, $19 FROM s)
       SELECT ${COLUMNS} FROM s`,
      [
        scope.organizationId,
        id,
        revision,
        definition.name,
        definition.description,
        definition.method,
        definition.endpoint,
        definition.payload === null ? null : JSON.stringify(definition.payload),
        definition.cronExpression,
        definition.timeZone,
        definition.timeoutSeconds,
        definition.maxRetries,
        definition.retryDelaySeconds,
        definition.overlapPolicy,
        definition.catchUpPolicy,
        nextRunAt ?? null,
        scope.actor.kind,
        scope.actor.id,
        JSON.stringify({ fields }),
      ],
    );
    return rows[0] ?? null;
  } catch (error) {
    if (isUniqueViolation(error, "Schedule_organizationId_name_key")) throw nameTaken(definition.name);
    throw error;
  }
}

/**
 * Switches a schedule on, from `nextRunAt` on, or off with null: what was queued behind a firing goes, what is under
 * way ends by itself. With the audit row. Returns null when the schedule is gone or was changed since `revision`.
 */
export async function switchSchedule(
  scope: Scope,
  id: string,
  revision: number,
  nextRunAt: Date | null,
): Promise<ScheduleRecord | null> {
  const { rows } = await database().pool.query<ScheduleRecord>(
    `WITH s AS (
       UPDATE "Schedule" SET enabled = $4::timestamptz IS NOT NULL, "nextRunAt" = COALESCE($4, "nextRunAt"),
         revision = revision + 1, "updatedAt" = now()
       WHERE "organizationId" = $1 AND id = $2 AND revision = $3 RETURNING *),
     queue AS (
       DELETE FROM "ScheduleRun" r USING s
       WHERE r."organizationId" = s."organizationId" AND r."scheduleId" = s.id AND r.status = 'queued'
         AND NOT s.enabled),
     audit AS (${AUDIT}
       SELECT "organizationId", $5, $6, CASE WHEN enabled THEN 'schedule.enabled' ELSE 'schedule.disabled' END,
         'schedule', id, '{}' FROM s)
     SELECT ${COLUMNS} FROM s`,
    [scope.organizationId, id, revision, nextRunAt, scope.actor.kind, scope.actor.id],
  );
  return rows[0] ?? null;
}

/** Deletes a schedule with its history, and writes the audit row; false when there is none. Its sessions stay. */
export async function deleteSchedule(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH s AS (DELETE FROM "Schedule" WHERE "organizationId" = $1 AND id = $2 RETURNING *),
     audit AS (${AUDIT}
       SELECT "organizationId", $3, $4, 'schedule.deleted', 'schedule', id,
         jsonb_build_object('name', name, 'endpoint', endpoint) FROM s)
     SELECT id FROM s`,
    [scope.organizationId, id, scope.actor.kind, scope.actor.id],
  );
  return rows.length > 0;
}

function nameTaken(name: string): AppError {
  return new AppError("conflict", `Schedule with name '${name}' already exists`);
}
