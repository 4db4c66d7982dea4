import { database } from "#lib/db/database.ts";

/**
 * Deletes what the embedded engine no longer needs, up to `limit` rows of each kind: runs that ended more than
 * `keepDays` days ago with their steps, events as old that started nothing which is still there, and idempotency keys
 * that have expired. Returns how many rows there were. An event that is sent once more after that starts a new run.
 */
export async function pruneDurable(keepDays: number, limit: number): Promise<number> {
  const { pool } = database();
  const counts: number[] = [];
  for (const sql of [
    `DELETE FROM "DurableRun" WHERE id IN (
       SELECT id FROM "DurableRun" WHERE "endedAt" < now() - $1 * interval '1 day' ORDER BY "endedAt" LIMIT $2)`,
    `DELETE FROM "DurableEvent" WHERE id IN (
       SELECT e.id FROM "DurableEvent" e WHERE e."receivedAt" < now() - $1 * interval '1 day'
         AND NOT EXISTS (SELECT 1 FROM "DurableRun" r WHERE r."eventId" = e.id)
         AND NOT EXISTS (SELECT 1 FROM "DurableJob" j WHERE j.id = 'emit:' || e.id)
       ORDER BY e."receivedAt" LIMIT $2)`,
    `DELETE FROM "DurableDedupe" WHERE key IN (
       SELECT key FROM "DurableDedupe" WHERE "expiresAt" < now() - $1 * interval '1 day' ORDER BY "expiresAt" LIMIT $2)`,
  ]) {
    const { rowCount } = await pool.query(sql, [keepDays, limit]);
    counts.push(rowCount ?? 0);
  }
  return counts.reduce((sum, count) => sum + count, 0);
}
