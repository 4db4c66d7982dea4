import type { Store } from "./store.ts";

/** A run that has not ended, as far as its end needs it; null when it has. `event` is the text of its event. */
export async function readRunForEnd(
  { db }: Store,
  runId: string,
): Promise<{ id: string; functionId: string; event: string; startedAt: Date | null } | null> {
  const { rows } = await db.query<{ id: string; functionId: string; event: string; startedAt: Date | null }>(
    `SELECT r.id, r."functionId", r."startedAt", e.payload AS event
     FROM "DurableRun" r JOIN "DurableEvent" e ON e.id = r."eventId" WHERE r.id = $1 AND r."endedAt" IS NULL`,
    [runId],
  );
  return rows[0] ?? null;
}

/** An event by its id; null when it is gone. */
export async function readStoredEvent(
  { db }: Store,
  id: string,
): Promise<{ id: string; name: string; organizationId: string | null; text: string } | null> {
  const { rows } = await db.query<{ id: string; name: string; organizationId: string | null; text: string }>(
    `SELECT id, name, "organizationId", payload AS text FROM "DurableEvent" WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
