import type { Store } from "./store.ts";

/**
 * Milliseconds until the next timer and the next call become due; null when there is none. A call that is due already
 * and waits for room does not count: it is looked at when there is some.
 */
export async function nextDue(
  { db, now }: Store,
  functionIds: readonly string[],
): Promise<{ timerMs: number | null; callMs: number | null }> {
  const { rows } = await db.query<{ timerMs: number | null; callMs: number | null }>(
    `SELECT
       (SELECT (extract(epoch FROM min("availableAt") - ${now}) * 1000)::float8 FROM "DurableJob"
        WHERE "isTimer" AND (kind <> 'cron' OR "functionId" = ANY ($1::text[]))) AS "timerMs",
       (SELECT (extract(epoch FROM min("availableAt") - ${now}) * 1000)::float8 FROM "DurableJob"
        WHERE NOT "isTimer" AND "availableAt" > ${now} AND "functionId" = ANY ($1::text[])) AS "callMs"`,
    [functionIds],
  );
  return rows[0] ?? { timerMs: null, callMs: null };
}
