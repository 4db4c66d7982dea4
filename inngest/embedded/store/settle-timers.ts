import { settleSql } from "./settle-sql.ts";
import type { Store } from "./store.ts";

/** How many sleeps and timeouts one statement ends. */
const BATCH = 500;

const INVOCATION_TIMEOUT = `{"error":{"message":"Timed out waiting for invoked function to complete","name":"InngestInvokeTimeoutError"}}`;

/** Ends the sleeps and waits whose time has come. Returns how many; a full batch means that there may be more. */
export async function settleTimers({ db, now }: Store): Promise<{ count: number; isComplete: boolean }> {
  const parts = [
    `due AS (
      DELETE FROM "DurableJob" WHERE id IN (
        SELECT id FROM "DurableJob"
        WHERE "isTimer" AND kind IN ('sleep', 'timeout') AND "availableAt" <= ${now}
        ORDER BY "availableAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING id, "runId", "stepId", kind)`,
    // A wait that something else has just ended has no pause any more.
    `expired AS (DELETE FROM "DurablePause" p USING due WHERE p.id = due.id RETURNING p.id, p.kind)`,
    `done AS (
      SELECT due."runId", due."stepId", CASE expired.kind WHEN 'invoke' THEN 'FAILED' ELSE 'COMPLETED' END AS status,
        CASE expired.kind WHEN 'invoke' THEN $1 ELSE '{"data":null}' END AS state
      FROM due LEFT JOIN expired ON expired.id = due.id WHERE due.kind = 'sleep' OR expired.id IS NOT NULL)`,
    ...settleSql("done", now),
  ];
  const { rows } = await db.query<{ count: number }>(
    `WITH ${parts.join(",\n")} SELECT count(*)::int AS count FROM due`,
    [INVOCATION_TIMEOUT],
  );
  const count = rows[0]?.count ?? 0;
  return { count, isComplete: count < BATCH };
}
