import type { NewRun } from "../plan-runs.ts";
import type { Bind } from "./store.ts";

/** The part of a statement that makes runs wait for the events that cancel them, if they are among `new_run`. */
export function cancellationSql(runs: readonly NewRun[], bind: Bind): string[] {
  const cancellations = runs.flatMap(({ id: runId, cancellations: events }) =>
    events.map((event, place) => ({ id: `${runId}:cancel:${place}`, runId, ...event })),
  );
  if (cancellations.length === 0) return [];
  return [
    `cancellation AS (
      INSERT INTO "DurablePause" (id, "runId", kind, name, "matchKey", expression, "expiresAt")
      SELECT id, "runId", 'cancel', name, "matchKey", expression, to_timestamp("expiresAtMs" / 1000)
      FROM json_to_recordset(${bind(JSON.stringify(cancellations))}::json) AS p(id text, "runId" text, name text,
        "matchKey" text, expression text, "expiresAtMs" float8)
      WHERE "runId" IN (SELECT id FROM new_run))`,
  ];
}
