import type { Store } from "./store.ts";

/** Something that waits for an event of the name. `startEvent` is the text of the event that started its run. */
export interface PauseCandidate {
  id: string;
  runId: string;
  functionId: string;
  kind: "event" | "cancel";
  expression: string | null;
  startEvent: string;
}

/**
 * Finds the waits and cancellations that an event may end; the caller evaluates their expressions.
 * `matchKeys` null finds all those for the name. The oldest come first.
 */
export async function findPauses(
  { db, now }: Store,
  name: string,
  matchKeys: readonly string[] | null,
): Promise<PauseCandidate[]> {
  const { rows } = await db.query<PauseCandidate>(
    `SELECT p.id, p."runId", r."functionId", p.kind, p.expression, e.payload AS "startEvent"
     FROM "DurablePause" p JOIN "DurableRun" r ON r.id = p."runId" JOIN "DurableEvent" e ON e.id = r."eventId"
     WHERE p.kind IN ('event', 'cancel') AND p.name = $1
       AND (p."matchKey" IS NULL OR $2::text[] IS NULL OR p."matchKey" = ANY ($2::text[]))
       AND (p."expiresAt" IS NULL OR p."expiresAt" > ${now})
     ORDER BY r.ordinal`,
    [name, matchKeys],
  );
  return rows;
}
