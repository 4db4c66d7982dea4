import type { Store } from "./store.ts";

/** A run with the event that started it, as canonical JSON text. */
export interface FoundRun {
  id: string;
  functionId: string;
  eventId: string;
  eventName: string;
  event: string;
}

/** Finds a run of an organization; null when it has none of this id. */
export async function findRun(
  { db }: Store,
  organizationId: string,
  runId: string,
): Promise<FoundRun | null> {
  const { rows } = await db.query<FoundRun>(
    `SELECT r.id, r."functionId", r."eventId", e.name AS "eventName", e.payload AS event
     FROM "DurableRun" r JOIN "DurableEvent" e ON e.id = r."eventId" WHERE r."organizationId" = $1 AND r.id = $2`,
    [organizationId, runId],
  );
  return rows[0] ?? null;
}
