import type { Store } from "./store.ts";

/** The active run under a singleton key, locked for the rest of the transaction. */
export async function lockSingleton(
  { db }: Store,
  singletonKey: string | null,
): Promise<{ id: string; functionId: string; event: string }[]> {
  const { rows } = await db.query<{ id: string; functionId: string; event: string }>(
    `SELECT r.id, r."functionId", e.payload AS event FROM "DurableRun" r JOIN "DurableEvent" e ON e.id = r."eventId"
     WHERE r."singletonKey" = $1 FOR UPDATE OF r`,
    [singletonKey],
  );
  return rows;
}
