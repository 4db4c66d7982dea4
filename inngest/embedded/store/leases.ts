import type { Store } from "./store.ts";

/**
 * Extends this engine's claims on the jobs that it is at work on, in one statement. Its other claims run out: those
 * whose outcome it could not write, and those whose answer from the database never came.
 */
export async function renewLeases(
  { db, now, ownerId, leaseMs }: Store,
  jobIds: readonly string[],
): Promise<void> {
  await db.query(
    `UPDATE "DurableJob" SET "availableAt" = ${now} + $2 * interval '1 millisecond'
     WHERE "ownerId" = $1 AND id = ANY ($3::text[])`,
    [ownerId, leaseMs, jobIds],
  );
}

/** Gives up this engine's claims, or everybody's: what was claimed can be claimed at once. */
export async function releaseLeases({ db, now, ownerId }: Store, of: "own" | "all"): Promise<void> {
  await db.query(
    `UPDATE "DurableJob" SET "ownerId" = NULL, "availableAt" = ${now}
     WHERE "ownerId" IS NOT NULL AND ("ownerId" = $1 OR $2)`,
    [ownerId, of === "all"],
  );
}
