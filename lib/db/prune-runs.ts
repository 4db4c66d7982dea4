import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { orphanedBlobsSql } from "./orphaned-blobs-sql.ts";

/** An organization that does not keep its runs for ever. */
export interface RunRetention {
  organizationId: string;
  days: number;
}

/** The organizations whose settings name a number of days. */
export async function listRunRetentions(): Promise<RunRetention[]> {
  const { rows } = await database().pool.query<RunRetention>(
    `SELECT "organizationId", value::text::int AS days FROM "Setting"
     WHERE key = 'run_retention_days' AND jsonb_typeof(value) = 'number' ORDER BY 1`,
  );
  return rows;
}

// Whoever goes on with a run holds its session and then the run: what somebody holds is left for the next time.
/**
 * Deletes up to `limit` run trees of an organization that ended more than `days` days ago, with their journals, and the
 * sessions that neither have a run left nor were touched since; with an audit row when there were any. Their blobs are
 * looked at a day later. Returns how many run trees there were. Runs that have not ended stay, however old.
 */
export async function pruneRuns(scope: Scope, days: number, limit: number): Promise<number> {
  const { rows } = await database().pool.query<{ runs: number }>(
    `WITH old AS MATERIALIZED (
       SELECT r.id FROM "Run" r
       WHERE r."organizationId" = $1 AND r.id = r."rootRunId" AND r."endedAt" < now() - $2 * interval '1 day'
         AND r.status IN ('COMPLETED', 'CANCELLED', 'ERROR', 'REGENERATED')
       ORDER BY r.ordinal LIMIT $3 FOR UPDATE OF r SKIP LOCKED),
     ${orphanedBlobsSql("old")},
     run AS (
       DELETE FROM "Run" r USING old WHERE r."organizationId" = $1 AND r."rootRunId" = old.id
       RETURNING r.id, r."rootRunId", r."sessionId"),
     idle AS MATERIALIZED (
       SELECT s.id FROM "Session" s
       WHERE s."organizationId" = $1 AND s.id IN (SELECT "sessionId" FROM run)
         AND s."updatedAt" < now() - $2 * interval '1 day'
         AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."organizationId" = $1 AND r."sessionId" = s.id
           AND r.id NOT IN (SELECT id FROM run))
       FOR UPDATE OF s SKIP LOCKED),
     session AS (
       DELETE FROM "Session" s USING idle WHERE s."organizationId" = $1 AND s.id = idle.id RETURNING s.id),
     counted AS (
       SELECT (SELECT count(*)::int FROM run WHERE id = "rootRunId") AS runs,
         (SELECT count(*)::int FROM session) AS sessions),
     audit AS (
       INSERT INTO "AuditEntry" ("organizationId", "actorKind", "actorId", action, "targetType", "targetId", details)
       SELECT $1, $4, $5, 'runs.pruned', 'organization', $1,
         jsonb_build_object('runs', runs, 'sessions', sessions, 'older_than_days', $2::int)
       FROM counted WHERE runs > 0)
     SELECT runs FROM counted`,
    [scope.organizationId, days, limit, scope.actor.kind, scope.actor.id],
  );
  return rows[0]?.runs ?? 0;
}
