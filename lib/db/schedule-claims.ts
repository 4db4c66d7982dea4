import type { PlannedFiring } from "#lib/core/plan-firings.ts";
import type { CatchUpPolicy } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";
import { outboxBell } from "./outbox-bell.ts";

/** A schedule whose next time has come. */
export interface DueSchedule {
  organizationId: string;
  id: string;
  cronExpression: string;
  timeZone: string;
  catchUpPolicy: CatchUpPolicy;
  nextRunAt: Date;
  revision: number;
}

/** What somebody decided to fire of a due schedule; it holds only while the schedule is as it was read. */
export interface ScheduleClaim {
  due: DueSchedule;
  /** The next time from now on; null when there is none. */
  nextRunAt: Date | null;
  firings: readonly (PlannedFiring & { id: string })[];
}

/** A firing that waits longer than this many others makes the queue no better. */
const MOST_QUEUED = 100;

/** How much longer than all its attempts a firing may take before it counts as lost. */
const SLACK_SECONDS = 3_600;

const EXPIRY = (schedule: string) => `now() + make_interval(secs =>
  (${schedule}."maxRetries" + 1) * ${schedule}."timeoutSeconds" +
  ${schedule}."maxRetries" * ${schedule}."retryDelaySeconds" + ${SLACK_SECONDS})`;

const WAKE = (firings: string) => `INSERT INTO "Outbox" ("organizationId", topic, payload)
  SELECT "organizationId", 'gatehouse/schedule.fired', jsonb_build_object(
    'organizationId', "organizationId", 'scheduleId', "scheduleId", 'scheduleRunId', id)
  FROM ${firings} WHERE status = 'running'`;

/** Schedules of all organizations whose time has come, the longest overdue first. */
export async function listDueSchedules(now: Date, limit: number): Promise<DueSchedule[]> {
  const { rows } = await database().pool.query<DueSchedule>(
    `SELECT "organizationId", id, "cronExpression", "timeZone", "catchUpPolicy", "nextRunAt", revision
     FROM "Schedule" WHERE enabled AND "nextRunAt" <= $1 ORDER BY "nextRunAt", "organizationId", id LIMIT $2`,
    [now, limit],
  );
  return rows;
}

// One statement: a time is claimed, its firing written and the message to execute it left, or none of it. The schedule's
// row decides between two that claim the same: the second finds another next time and writes nothing.
const CLAIM = `
WITH p AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json)
    AS p("organizationId" text, id text, expected timestamptz, revision int, next timestamptz)),
claimed AS (
  UPDATE "Schedule" s SET "nextRunAt" = p.next FROM p
  WHERE s."organizationId" = p."organizationId" AND s.id = p.id AND s.enabled
    AND s."nextRunAt" = p.expected AND s.revision = p.revision
  RETURNING s.*),
standing AS MATERIALIZED (
  SELECT c."organizationId", c.id, count(r.id) FILTER (WHERE r.status = 'queued') AS queued,
    (array_agg(r.id ORDER BY r."createdAt" DESC) FILTER (WHERE r.status <> 'queued'))[1] AS active
  FROM claimed c LEFT JOIN "ScheduleRun" r ON r."organizationId" = c."organizationId" AND r."scheduleId" = c.id
    AND r.attempt = 1 AND r."firingEndedAt" IS NULL
  GROUP BY 1, 2),
wanted AS (
  SELECT f.*, s.queued, s.active,
    row_number() OVER (PARTITION BY f."organizationId", f."scheduleId" ORDER BY f.due) AS place
  FROM json_to_recordset($2::json)
    AS f("organizationId" text, "scheduleId" text, id text, due timestamptz, "isCatchUp" boolean, missed int)
  JOIN standing s ON s."organizationId" = f."organizationId" AND s.id = f."scheduleId"),
decided AS (
  SELECT w.*, CASE
      WHEN c."overlapPolicy" = 'parallel' OR (w.active IS NULL AND w.queued = 0 AND w.place = 1) THEN 'running'
      WHEN (c."overlapPolicy" = 'queue' OR w."isCatchUp") AND w.queued + w.place <= ${MOST_QUEUED} THEN 'queued'
      ELSE 'skipped' END AS status,
    ${EXPIRY("c")} AS expires
  FROM wanted w JOIN claimed c ON c."organizationId" = w."organizationId" AND c.id = w."scheduleId"),
skipped AS (
  SELECT "organizationId", "scheduleId", active, count(*)::int AS count
  FROM decided WHERE status = 'skipped' GROUP BY 1, 2, 3),
fired AS (
  INSERT INTO "ScheduleRun" ("organizationId", id, "scheduleId", "firingId", attempt, origin, "dueAt", status,
    "missedCount", "skippedCount", "expiresAt")
  SELECT d."organizationId", d.id, d."scheduleId", d.id, 1, CASE WHEN d."isCatchUp" THEN 'catch_up' ELSE 'cron' END,
    d.due, d.status, d.missed, CASE WHEN d.status = 'running' AND d.place = 1 THEN COALESCE(k.count, 0) ELSE 0 END,
    CASE WHEN d.status = 'running' THEN d.expires END
  FROM decided d LEFT JOIN skipped k
    ON k."organizationId" = d."organizationId" AND k."scheduleId" = d."scheduleId" AND k.active IS NULL
  WHERE d.status <> 'skipped'
  RETURNING "organizationId", "scheduleId", id, status),
counted AS (
  UPDATE "ScheduleRun" r SET "skippedCount" = r."skippedCount" + k.count FROM skipped k
  WHERE r."organizationId" = k."organizationId" AND r.id = k.active),
message AS (${WAKE("fired")})
SELECT id FROM fired WHERE status = 'running'`;

/**
 * Moves schedules on to their next times and fires what was planned, as each schedule's overlap policy has it: at once,
 * behind the firing that is under way, or not at all (which that firing then counts). A claim of a schedule that has
 * been claimed or changed since it was read does nothing. Returns the firings that were set going.
 */
export async function claimSchedules(claims: readonly ScheduleClaim[]): Promise<string[]> {
  const schedules = claims.map(({ due, nextRunAt }) => ({
    organizationId: due.organizationId,
    id: due.id,
    expected: due.nextRunAt,
    revision: due.revision,
    next: nextRunAt,
  }));
  const firings = claims.flatMap(({ due, firings: planned }) =>
    planned.map(({ id, dueAt, isCatchUp, missedCount }) => ({
      organizationId: due.organizationId,
      scheduleId: due.id,
      id,
      due: dueAt,
      isCatchUp,
      missed: missedCount,
    })),
  );
  const { rows } = await database().pool.query<{ id: string }>(CLAIM, [
    JSON.stringify(schedules),
    JSON.stringify(firings),
  ]);
  if (rows.length > 0) outboxBell().ring();
  return rows.map(({ id }) => id);
}

/**
 * Sets the oldest queued firing going of every schedule (or of one) that has none under way. Whoever adds to a queue or
 * ends a firing calls it after its commit: the later of the two sees what the other has written.
 */
export async function releaseQueuedFirings(of?: {
  organizationId: string;
  scheduleId: string;
}): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    `WITH next AS (
       SELECT DISTINCT ON (r."organizationId", r."scheduleId") r."organizationId", r.id, ${EXPIRY("s")} AS expires
       FROM "ScheduleRun" r JOIN "Schedule" s ON s."organizationId" = r."organizationId" AND s.id = r."scheduleId"
       WHERE r.status = 'queued' AND r."firingEndedAt" IS NULL
         AND ($1::text IS NULL OR r."organizationId" = $1 AND r."scheduleId" = $2)
         AND NOT EXISTS (SELECT 1 FROM "ScheduleRun" a
           WHERE a."organizationId" = r."organizationId" AND a."scheduleId" = r."scheduleId" AND a.attempt = 1
             AND a."firingEndedAt" IS NULL AND a.status <> 'queued')
       ORDER BY r."organizationId", r."scheduleId", r."dueAt", r.id),
     released AS (
       UPDATE "ScheduleRun" r SET status = 'running', "expiresAt" = n.expires FROM next n
       WHERE r."organizationId" = n."organizationId" AND r.id = n.id AND r.status = 'queued'
       RETURNING r."organizationId", r."scheduleId", r.id, r.status),
     message AS (${WAKE("released")})
     SELECT id FROM released`,
    [of?.organizationId ?? null, of?.scheduleId ?? null],
  );
  if (rows.length > 0) outboxBell().ring();
  return rows.map(({ id }) => id);
}

/**
 * Fires a schedule by hand, whatever else of it is under way, with the audit row. Returns false when it is gone,
 * disabled or changed since `schedule` was read.
 */
export async function fireByHand(
  scope: Scope,
  schedule: { id: string; revision: number },
  firingId: string,
): Promise<boolean> {
  const { rows } = await database().pool.query(
    `WITH fired AS (
       INSERT INTO "ScheduleRun" ("organizationId", id, "scheduleId", "firingId", attempt, origin, status, "expiresAt")
       SELECT s."organizationId", $3, s.id, $3, 1, 'manual', 'running', ${EXPIRY("s")}
       FROM "Schedule" s WHERE s."organizationId" = $1 AND s.id = $2 AND s.enabled AND s.revision = $6
       RETURNING "organizationId", "scheduleId", id, status),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT "organizationId", $4, $5, 'schedule.triggered', 'schedule', "scheduleId",
         jsonb_build_object('schedule_run_id', id) FROM fired),
     message AS (${WAKE("fired")})
     SELECT id FROM fired`,
    [scope.organizationId, schedule.id, firingId, scope.actor.kind, scope.actor.id, schedule.revision],
  );
  if (rows.length > 0) outboxBell().ring();
  return rows.length > 0;
}

/** Ends firings that nobody has driven to their end in all the time they could have taken; returns how many. */
export async function endLostFirings(): Promise<number> {
  const { rows } = await database().pool.query(
    `WITH lost AS (
       SELECT "organizationId", id FROM "ScheduleRun"
       WHERE "firingEndedAt" IS NULL AND "expiresAt" < now() AND attempt = 1),
     ended AS (
       UPDATE "ScheduleRun" r SET "firingEndedAt" = now(), "completedAt" = COALESCE(r."completedAt", now()),
         request = NULL,
         error = CASE WHEN r.status = 'running' THEN 'Nobody finished this firing: the durable engine has lost it.'
           ELSE r.error END,
         status = CASE WHEN r.status = 'running' THEN 'failed' ELSE r.status END
       FROM lost l
       WHERE r."organizationId" = l."organizationId" AND r."firingId" = l.id AND r."firingEndedAt" IS NULL
       RETURNING r.id)
     SELECT id FROM lost`,
  );
  return rows.length;
}
