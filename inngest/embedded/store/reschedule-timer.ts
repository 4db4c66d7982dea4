import type { ClaimedTimer } from "./claim-timers.ts";
import type { Store } from "./store.ts";

/** Sets a claimed timer to its next time. */
export async function rescheduleTimer(
  { db, ownerId }: Store,
  timer: ClaimedTimer,
  next: { atMs: number; payload: string },
): Promise<void> {
  await db.query(
    `UPDATE "DurableJob" SET "ownerId" = NULL, "availableAt" = to_timestamp($4::float8 / 1000), payload = $5
     WHERE id = $1 AND generation = $2 AND "ownerId" = $3`,
    [timer.id, timer.generation, ownerId, next.atMs, next.payload],
  );
}
