import type { Store } from "./store.ts";

/** Something that the engine does at a time, other than ending a wait. */
export interface ClaimedTimer {
  id: string;
  kind: "start-deadline" | "finish-deadline" | "emit" | "cron";
  runId: string | null;
  functionId: string;
  generation: number;
  payload: string | null;
}

/** Claims timers that are due. A cron trigger waits for an engine that has its function. */
export async function claimTimers(
  { db, now, ownerId, leaseMs }: Store,
  { functionIds, limit }: { functionIds: readonly string[]; limit: number },
): Promise<ClaimedTimer[]> {
  const { rows } = await db.query<ClaimedTimer>(
    `UPDATE "DurableJob" SET "ownerId" = $1, generation = generation + 1,
       "availableAt" = ${now} + $2 * interval '1 millisecond'
     WHERE id IN (
       SELECT id FROM "DurableJob"
       WHERE "isTimer" AND kind NOT IN ('sleep', 'timeout') AND "availableAt" <= ${now}
         AND (kind <> 'cron' OR "functionId" = ANY ($3::text[]))
       ORDER BY "availableAt" LIMIT $4 FOR UPDATE SKIP LOCKED)
     RETURNING id, kind, "runId", "functionId", generation, payload`,
    [ownerId, leaseMs, functionIds, limit],
  );
  return rows;
}
