import type { NewRun } from "../plan-runs.ts";
import type { StoredEvent } from "../stored-event.ts";
import { newRunsSql } from "./new-runs-sql.ts";
import { settleSql } from "./settle-sql.ts";
import type { Bind, Store } from "./store.ts";

/** Events with everything that follows from them. */
export interface AcceptedEvents {
  /** New ones, or one that is stored already and whose job is to be done. */
  events: readonly StoredEvent[] | { emitted: string; generation: number };
  runs: readonly NewRun[];
  /** The waits that they end, and with which state their steps settle. */
  ended: readonly { pauseId: string; eventId: string; state: string }[];
}

/**
 * Writes events, starts their runs and settles the steps that waited for them, in one statement. An event whose id is
 * known has no effect. Returns the ids of those that had one.
 */
export async function acceptEvents({ db, now, ownerId }: Store, input: AcceptedEvents): Promise<string[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = [
    "emitted" in input.events
      ? `accepted AS (
          DELETE FROM "DurableJob" WHERE id = 'emit:' || ${bind(input.events.emitted)}::text
            AND generation = ${bind(input.events.generation)} AND "ownerId" = ${bind(ownerId)} RETURNING payload AS id)`
      : newEventsSql(input.events, now, bind),
    ...newRunsSql({ runs: input.runs, accepted: "accepted", now, bind }),
  ];
  if (input.ended.length > 0) {
    parts.push(
      `ended_pause AS (
        DELETE FROM "DurablePause" p
        USING json_to_recordset(${bind(JSON.stringify(input.ended))}::json) AS m("pauseId" text, "eventId" text, state text)
        JOIN accepted a ON a.id = m."eventId"
        WHERE p.id = m."pauseId" RETURNING p.id, p."runId", p."stepId", 'COMPLETED' AS status, m.state)`,
      `ended_timeout AS (DELETE FROM "DurableJob" j USING ended_pause p WHERE j.id = p.id)`,
      ...settleSql("ended_pause", now),
    );
  }
  const { rows } = await db.query<{ id: string }>(
    `WITH ${parts.join(",\n")} SELECT id FROM accepted`,
    values,
  );
  return rows.map(({ id }) => id);
}

function newEventsSql(events: readonly StoredEvent[], now: string, bind: Bind): string {
  const rows = events.map(({ id, name, organizationId, text }) => ({ id, name, organizationId, text }));
  return `accepted AS (
    INSERT INTO "DurableEvent" (id, name, "organizationId", payload, "receivedAt")
    SELECT id, name, "organizationId", text, ${now}
    FROM json_to_recordset(${bind(JSON.stringify(rows))}::json) AS e(id text, name text, "organizationId" text, text text)
    ON CONFLICT DO NOTHING RETURNING id)`;
}
