import type { JsonObject } from "#lib/core/json.ts";
import type { RunRequirement } from "#lib/core/requirement.ts";
import type { AttemptStatus, FiringOrigin } from "#lib/core/schedule-firing.ts";
import type { ScheduleMethod, ScheduleRunStatus } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { database } from "./database.ts";

/** What an attempt calls. */
export interface AttemptRequest {
  method: ScheduleMethod;
  endpoint: string;
  payload: JsonObject | null;
}

/** An attempt that somebody drives, with what its schedule says now. */
export interface AttemptRecord {
  id: string;
  scheduleId: string;
  firingId: string;
  attempt: number;
  origin: FiringOrigin;
  status: AttemptStatus;
  /** As it stood when the attempt began; null once it has ended. */
  request: AttemptRequest | null;
  runId: string | null;
  sessionId: string | null;
  triggeredAt: Date | null;
  firingEndedAt: Date | null;
  enabled: boolean;
  timeoutSeconds: number;
  maxRetries: number;
  retryDelaySeconds: number;
}

const JOINED = `r.id, r."scheduleId", r."firingId", r.attempt, r.origin, r.status, r.request, r."runId", r."sessionId",
  r."triggeredAt", r."firingEndedAt", s.enabled, s."timeoutSeconds", s."maxRetries", s."retryDelaySeconds"`;

/** One attempt of a firing, or null when it or its schedule is gone. */
export async function findAttempt(
  scope: Scope,
  firingId: string,
  attempt: number,
): Promise<AttemptRecord | null> {
  const { rows } = await database().pool.query<AttemptRecord>(
    `SELECT ${JOINED} FROM "ScheduleRun" r
     JOIN "Schedule" s ON s."organizationId" = r."organizationId" AND s.id = r."scheduleId"
     WHERE r."organizationId" = $1 AND r."firingId" = $2 AND r.attempt = $3`,
    [scope.organizationId, firingId, attempt],
  );
  return rows[0] ?? null;
}

/** The newest attempt of a firing, or null when it or its schedule is gone. */
export async function findLatestAttempt(scope: Scope, firingId: string): Promise<AttemptRecord | null> {
  const { rows } = await database().pool.query<AttemptRecord>(
    `SELECT ${JOINED} FROM "ScheduleRun" r
     JOIN "Schedule" s ON s."organizationId" = r."organizationId" AND s.id = r."scheduleId"
     WHERE r."organizationId" = $1 AND r."firingId" = $2 ORDER BY r.attempt DESC LIMIT 1`,
    [scope.organizationId, firingId],
  );
  return rows[0] ?? null;
}

/**
 * Begins an attempt of a firing, or finds it begun: what it calls is written down once, so that whoever goes on after a
 * crash calls the same. `newId` becomes its id unless it is the first. Null when the firing is gone or has ended.
 */
export async function beginAttempt(
  scope: Scope,
  firingId: string,
  attempt: number,
  newId: string,
  now: Date,
): Promise<AttemptRecord | null> {
  const { pool } = database();
  const values = [scope.organizationId, firingId, attempt];
  if (attempt > 1) {
    await pool.query(
      `INSERT INTO "ScheduleRun" ("organizationId", id, "scheduleId", "firingId", attempt, origin, "dueAt", status)
       SELECT "organizationId", $4, "scheduleId", id, $3, origin, "dueAt", 'running' FROM "ScheduleRun"
       WHERE "organizationId" = $1 AND id = $2 AND attempt = 1 AND "firingEndedAt" IS NULL
       ON CONFLICT ("organizationId", "firingId", attempt) DO NOTHING`,
      [...values, newId],
    );
  }
  await pool.query(
    `UPDATE "ScheduleRun" r SET "triggeredAt" = $4,
       request = jsonb_build_object('method', s.method, 'endpoint', s.endpoint, 'payload', s.payload)
     FROM "Schedule" s
     WHERE r."organizationId" = $1 AND r."firingId" = $2 AND r.attempt = $3 AND r.status = 'running'
       AND r."triggeredAt" IS NULL AND s."organizationId" = r."organizationId" AND s.id = r."scheduleId"`,
    [...values, now],
  );
  return findAttempt(scope, firingId, attempt);
}

/** Writes down which run an attempt has started. */
export async function noteRunOfAttempt(
  scope: Scope,
  id: string,
  run: { runId: string; sessionId: string; statusCode: number },
): Promise<void> {
  await database().pool.query(
    `UPDATE "ScheduleRun" SET "runId" = $3, "sessionId" = $4, "statusCode" = $5
     WHERE "organizationId" = $1 AND id = $2 AND status = 'running'`,
    [scope.organizationId, id, run.runId, run.sessionId, run.statusCode],
  );
}

/** How an attempt has ended. */
export interface AttemptOutcome {
  status: Exclude<ScheduleRunStatus, "running">;
  statusCode: number | null;
  error: string | null;
  input?: JsonObject | null;
  output?: JsonObject | null;
  requirements?: readonly RunRequirement[] | null;
}

/**
 * Ends an attempt, and with it the firing when no other attempt is to follow. Returns false when it had ended before:
 * then nothing is written.
 */
export async function endAttempt(
  scope: Scope,
  id: string,
  outcome: AttemptOutcome,
  options: { endsFiring: boolean; now: Date },
): Promise<boolean> {
  const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value));
  const { rows } = await database().pool.query(
    `WITH ended AS (
       UPDATE "ScheduleRun" SET status = $3, "statusCode" = COALESCE($4, "statusCode"), error = $5, input = $6,
         output = $7, requirements = $8, request = NULL, "completedAt" = $9::timestamptz,
         "firingEndedAt" = CASE WHEN $10::boolean THEN $9::timestamptz END
       WHERE "organizationId" = $1 AND id = $2 AND status = 'running'
       RETURNING "organizationId", id, "firingId"),
     others AS (
       UPDATE "ScheduleRun" r SET "firingEndedAt" = $9::timestamptz FROM ended e
       WHERE $10::boolean AND r."organizationId" = e."organizationId" AND r."firingId" = e."firingId" AND r.id <> e.id)
     SELECT id FROM ended`,
    [
      scope.organizationId,
      id,
      outcome.status,
      outcome.statusCode,
      outcome.error,
      json(outcome.input),
      json(outcome.output),
      json(outcome.requirements),
      options.now,
      options.endsFiring,
    ],
  );
  return rows.length > 0;
}

/** True when an attempt whose run this is has ended with the run's pause. */
export async function isPausedAttempt(scope: Scope, runId: string): Promise<boolean> {
  const { rows } = await database().pool.query(
    `SELECT 1 FROM "ScheduleRun" WHERE "organizationId" = $1 AND "runId" = $2 AND status = 'paused'`,
    [scope.organizationId, runId],
  );
  return rows.length > 0;
}

/** Replaces the pause with which an attempt has ended by what came of its run; false when there is no such attempt. */
export async function settlePausedAttempt(
  scope: Scope,
  runId: string,
  outcome: AttemptOutcome,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE "ScheduleRun" SET status = $3, error = $4, output = $5, requirements = NULL, "completedAt" = $6
     WHERE "organizationId" = $1 AND "runId" = $2 AND status = 'paused'`,
    [
      scope.organizationId,
      runId,
      outcome.status,
      outcome.error,
      outcome.output === undefined || outcome.output === null ? null : JSON.stringify(outcome.output),
      now,
    ],
  );
  return rowCount !== null && rowCount > 0;
}
