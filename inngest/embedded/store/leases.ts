import type { Store } from "./store.ts";

/** Extends everything that this engine has claimed, in one statement. */
export async function renewLeases({ db, now, ownerId, leaseMs }: Store): Promise<void> {
  await db.query(
    `UPDATE "DurableJob" SET "availableAt" = ${now} + $2 * interval '1 millisecond' WHERE "ownerId" = $1`,
    [ownerId, leaseMs],
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
