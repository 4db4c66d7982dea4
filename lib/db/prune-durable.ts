import { database } from "./database.ts";

/** How many runs, and how many events, one call removes: the embedded database does nothing else meanwhile. */
const BATCH = 500;

/**
 * Removes runs of durable functions that ended before `before` with their steps, events that came before it and have
 * no run any more, and keys that have expired. An event's id is forgotten with it, so `before` must lie further back
 * than any repeated delivery. `isComplete` is false when there may be more: call it again.
 */
export async function pruneDurable(
  before: Date,
): Promise<{ runs: number; events: number; isComplete: boolean }> {
  const { pool } = database();
  const { rowCount: runs } = await pool.query(
    `DELETE FROM "DurableRun" WHERE id IN (
       SELECT id FROM "DurableRun" WHERE "endedAt" < $1 ORDER BY "endedAt" LIMIT ${BATCH})`,
    [before],
  );
  const { rowCount: events } = await pool.query(
    `DELETE FROM "DurableEvent" WHERE id IN (
       SELECT e.id FROM "DurableEvent" e
       WHERE e."receivedAt" < $1 AND NOT EXISTS (SELECT 1 FROM "DurableRun" r WHERE r."eventId" = e.id)
         AND NOT EXISTS (SELECT 1 FROM "DurableJob" j WHERE j.id = 'emit:' || e.id)
       ORDER BY e."receivedAt" LIMIT ${BATCH})`,
    [before],
  );
  await pool.query(`DELETE FROM "DurableDedupe" WHERE "expiresAt" < now()`);
  const removed = { runs: runs ?? 0, events: events ?? 0 };
  return { ...removed, isComplete: removed.runs < BATCH && removed.events < BATCH };
}
