import { failPoint } from "../core/fail-point.ts";
import type { RunLease } from "../core/journal.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { CANCEL_CHANNEL } from "./journal-listener.ts";

/**
 * Takes the hold on a root run that nobody drives, or whose driver's process is dead; a waiting one is RUNNING from
 * then on. One that waits for people is taken only to be ended, when somebody has cancelled it. Null when somebody
 * holds it, when it has ended, or when the caller has no such run. From here on the former driver can write nothing
 * more.
 */
export async function claimRun(scope: Scope, rootRunId: string, bootId: string): Promise<RunLease | null> {
  const { rows } = await database().pool.query<{ generation: number }>(
    `UPDATE "Run" r SET generation = r.generation + 1, "driverBootId" = $3,
       status = CASE r.status WHEN 'PENDING' THEN 'RUNNING' ELSE r.status END, "updatedAt" = now()
     WHERE r."organizationId" = $1 AND r.id = $2 AND r."rootRunId" = r.id AND ($4::text IS NULL OR r.subject = $4)
       AND (r.status IN ('PENDING', 'RUNNING') OR (r.status = 'PAUSED' AND r."cancelRequestedAt" IS NOT NULL))
       AND (r."driverBootId" IS NULL OR NOT EXISTS
         (SELECT 1 FROM "Lease" l WHERE l."bootId" = r."driverBootId" AND l."expiresAt" > now()))
     RETURNING r.generation`,
    [scope.organizationId, rootRunId, bootId, scope.subject],
  );
  const [row] = rows;
  if (row === undefined) return null;
  failPoint("run-claimed");
  return { organizationId: scope.organizationId, rootRunId, generation: row.generation };
}

/** Lets go of a run. False when another driver has taken it over already. */
export async function releaseRun(scope: Scope, lease: RunLease): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE "Run" SET "driverBootId" = NULL, "updatedAt" = now()
     WHERE "organizationId" = $1 AND id = $2 AND generation = $3 AND ($4::text IS NULL OR subject = $4)`,
    [scope.organizationId, lease.rootRunId, lease.generation, scope.subject],
  );
  return rowCount === 1;
}

/**
 * Asks for a run to stop, and tells the other processes that share the database. `requested` the first time,
 * `already_requested` after that, `ended` when there is nothing left to stop; null when the caller has no such run.
 * The driver appends the events.
 */
export async function requestCancel(
  scope: Scope,
  runId: string,
): Promise<"requested" | "already_requested" | "ended" | null> {
  const { kind, pool } = database();
  const notify =
    kind === "embedded"
      ? ""
      : `, pg_notify('${CANCEL_CHANNEL}', concat_ws(' ', r."organizationId", r."rootRunId"))`;
  const { rows } = await pool.query<{ outcome: "requested" | "already_requested" | "ended" }>(
    `WITH asked AS (
       UPDATE "Run" SET "cancelRequestedAt" = now(), "updatedAt" = now()
       WHERE "organizationId" = $1 AND id = $2 AND ($3::text IS NULL OR subject = $3)
         AND "cancelRequestedAt" IS NULL AND status IN ('PENDING', 'RUNNING', 'PAUSED')
       RETURNING id)
     SELECT CASE WHEN EXISTS (SELECT 1 FROM asked) THEN 'requested'
       WHEN r.status IN ('PENDING', 'RUNNING', 'PAUSED') THEN 'already_requested' ELSE 'ended' END AS outcome${notify}
     FROM "Run" r WHERE r."organizationId" = $1 AND r.id = $2 AND ($3::text IS NULL OR r.subject = $3)`,
    [scope.organizationId, runId, scope.subject],
  );
  return rows[0]?.outcome ?? null;
}

/** The runs that a process drives and that somebody wants to stop. */
export async function listCancelledRuns(bootId: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT r.id FROM "Run" r
     WHERE r.status = 'RUNNING' AND r."driverBootId" = $1 AND r."cancelRequestedAt" IS NOT NULL`,
    [bootId],
  );
  return rows.map((row) => row.id);
}
