import { settleSql } from "./settle-sql.ts";
import type { Store } from "./store.ts";

/**
 * Ends waits by their pauses' ids and settles their steps with the state given. A wait that has ended already is left
 * alone. Returns the runs whose steps settled.
 */
export async function settlePauses(
  { db, now }: Store,
  pauses: readonly { id: string; status: "COMPLETED" | "FAILED"; state: string }[],
): Promise<string[]> {
  const parts = [
    `ended AS (
      DELETE FROM "DurablePause" p USING json_to_recordset($1::json) AS m(id text, status text, state text)
      WHERE p.id = m.id RETURNING p.id, p."runId", p."stepId", m.status, m.state)`,
    `timeout AS (DELETE FROM "DurableJob" j USING ended WHERE j.id = ended.id)`,
    ...settleSql("ended", now),
  ];
  const { rows } = await db.query<{ runId: string }>(`WITH ${parts.join(",\n")} SELECT "runId" FROM ended`, [
    JSON.stringify(pauses),
  ]);
  return rows.map(({ runId }) => runId);
}
