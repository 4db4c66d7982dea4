import type { Store } from "./store.ts";

/** Drops a claimed job that has nothing to do any more. */
export async function deleteJob(
  { db, ownerId }: Store,
  job: { id: string; generation: number },
): Promise<void> {
  await db.query(`DELETE FROM "DurableJob" WHERE id = $1 AND generation = $2 AND "ownerId" = $3`, [
    job.id,
    job.generation,
    ownerId,
  ]);
}

/** Sets the time at which a run that has not ended is cancelled. */
export async function insertDeadline(
  { db, now }: Store,
  run: { runId: string; functionId: string },
  timeoutMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO "DurableJob" (id, "runId", "functionId", kind, "isTimer", "availableAt", "orderAt", "limitKeys", limits)
     VALUES ($1 || ':finish-deadline', $1, $2, 'finish-deadline', true, ${now} + $3 * interval '1 millisecond', ${now},
       '{}', '{}')
     ON CONFLICT DO NOTHING`,
    [run.runId, run.functionId, timeoutMs],
  );
}
