import type { SettledStep } from "../decide.ts";
import type { Bind } from "./store.ts";

/**
 * The part of a statement that saves steps which a call has settled. `run` names a part that yields the run's id as
 * `id`, or nothing when the call's claim is void. Who settled a step first has settled it.
 */
export function settledStepsSql(
  steps: readonly SettledStep[],
  { run, attempt, now, bind }: { run: string; attempt: number; now: string; bind: Bind },
): string[] {
  const [first] = steps;
  if (first === undefined) return [];
  const { id, name, op, status, state, race } = first;
  // The state of one step, the usual case, need not be written as JSON within JSON.
  const source =
    steps.length === 1
      ? `(VALUES (${bind(id)}::text, ${bind(name)}::text, ${bind(op)}::text, ${bind(status)}::text,
          ${bind(state)}::text, ${bind(race)}::boolean)) AS n(id, name, op, status, state, race)`
      : `json_to_recordset(${bind(JSON.stringify(steps))}::json)
          AS n(id text, name text, op text, status text, state text, race boolean)`;
  return [
    `settled AS (
      INSERT INTO "DurableStep" AS s ("runId", id, name, op, status, state, race, attempts, "createdAt", "settledAt")
      SELECT ${run}.id, n.id, n.name, n.op, n.status, n.state, n.race, ${bind(attempt + 1)}::int, ${now}, ${now}
      FROM ${run}, ${source}
      ON CONFLICT ("runId", id) DO UPDATE SET status = excluded.status, state = excluded.state,
        attempts = excluded.attempts, "settledAt" = excluded."settledAt", ordinal = excluded.ordinal
      WHERE s.status = 'WAITING')`,
  ];
}
