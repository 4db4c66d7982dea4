import { AppError } from "../core/app-error.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { orphanedBlobsSql } from "./orphaned-blobs-sql.ts";

/**
 * Deletes the caller's sessions of these ids with their runs and journals, and writes the audit rows in the same
 * transaction; returns the ids that were there. All or none: throws `conflict` while one of them has a run under way,
 * because its driver would go on working for nobody; cancel the run first.
 */
export async function deleteSessions(scope: Scope, sessionIds: readonly string[]): Promise<string[]> {
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN");
    // The lock keeps new runs out: a run's creation locks its session, too.
    const locked = await client.query<{ id: string }>(
      `SELECT id FROM "Session" WHERE "organizationId" = $1 AND id = ANY($2::text[])
         AND ($3::text IS NULL OR subject = $3) ORDER BY id FOR UPDATE`,
      [scope.organizationId, sessionIds, scope.subject],
    );
    const ids = locked.rows.map((row) => row.id);
    const busy = await client.query<{ sessionId: string }>(
      `SELECT "sessionId" FROM "Run" WHERE "organizationId" = $1 AND "sessionId" = ANY($2::text[])
         AND status IN ('PENDING', 'RUNNING') ORDER BY "sessionId" LIMIT 1`,
      [scope.organizationId, ids],
    );
    const [first] = busy.rows;
    if (first !== undefined) {
      throw new AppError(
        "conflict",
        `Session '${first.sessionId}' has a run under way. Cancel the run, then delete the session.`,
      );
    }
    await client.query(
      `INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId")
       SELECT $1, $3, $4, 'session.deleted', 'session', id FROM unnest($2::text[]) AS id`,
      [scope.organizationId, ids, scope.actor.kind, scope.actor.id],
    );
    await client.query(
      `WITH root AS MATERIALIZED (
         SELECT id FROM "Run" WHERE "organizationId" = $1 AND "sessionId" = ANY($2::text[]) AND id = "rootRunId"),
       ${orphanedBlobsSql("root")} SELECT 1`,
      [scope.organizationId, ids],
    );
    await client.query(`DELETE FROM "Session" WHERE "organizationId" = $1 AND id = ANY($2::text[])`, [
      scope.organizationId,
      ids,
    ]);
    await client.query("COMMIT");
    client.release();
    return ids;
  } catch (error) {
    const rolledBack = await client.query("ROLLBACK").then(
      () => true,
      () => false,
    );
    client.release(!rolledBack);
    throw error;
  }
}
