import { failPoint } from "#lib/core/fail-point.ts";
import type { SettledStep } from "../decide.ts";
import type { ClaimedCall } from "./claim-calls.ts";
import { settleSql } from "./settle-sql.ts";
import { settledStepsSql } from "./settled-steps-sql.ts";
import type { Bind, Store } from "./store.ts";

/** How a run ends. `output` and `error` are canonical JSON text. */
export type RunEnd =
  | { status: "COMPLETED"; output: string }
  | { status: "FAILED"; error: string }
  | { status: "CANCELLED" };

/** A lifecycle event to be matched after the end: its name, its id and the canonical text of its payload. */
export interface LifecycleEvent {
  id: string;
  name: string;
  text: string;
  /** True when a function is triggered by it; else it is written only when somebody waits for its name. */
  isWanted: boolean;
}

interface EndRunInput {
  /** What the end follows from: a claimed call, or, for a cancellation, the run itself. */
  from: { call: ClaimedCall; settled: readonly SettledStep[] } | { runId: string };
  end: RunEnd;
  events: readonly LifecycleEvent[];
}

/**
 * Ends a run: its status, its last steps, its jobs and pauses, the step of a run that invoked it, and its lifecycle
 * events, in one statement. `ends` is false when the claim is void or the run has ended already; `emits` says that
 * lifecycle events wait to be matched.
 */
export async function endRun(
  { db, now, ownerId }: Store,
  input: EndRunInput,
): Promise<{ ends: boolean; emits: boolean }> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { from, end } = input;
  const parts = [
    originSql(from, ownerId, bind),
    `run AS (
      UPDATE "DurableRun" r SET status = ${bind(end.status)}, output = ${bind("output" in end ? end.output : null)},
        error = ${bind("error" in end ? end.error : null)}, "endedAt" = ${now}, pending = '{}', "singletonKey" = NULL
      FROM origin WHERE r.id = origin."runId" AND r."endedAt" IS NULL
      RETURNING r.id, r."organizationId", r."functionId")`,
    ...("call" in from
      ? settledStepsSql(from.settled, { run: "run", attempt: from.call.attempt, now, bind })
      : []),
    `other_job AS (DELETE FROM "DurableJob" j USING run WHERE j."runId" = run.id AND j.id NOT IN (SELECT id FROM origin))`,
    `own_pause AS (DELETE FROM "DurablePause" p USING run WHERE p."runId" = run.id)`,
    `invocation AS (
      DELETE FROM "DurablePause" p USING run WHERE p.kind = 'invoke' AND p.name = run.id
      RETURNING p.id, p."runId", p."stepId", ${bind(end.status === "COMPLETED" ? "COMPLETED" : "FAILED")}::text AS status,
        ${bind(invocationState(end))}::text AS state)`,
    `invocation_timeout AS (DELETE FROM "DurableJob" j USING invocation i WHERE j.id = i.id)`,
    ...settleSql("invocation", now),
    ...lifecycleSql(input.events, now, bind),
  ];
  failPoint("transition-before-commit");
  const emits = input.events.length > 0 ? "EXISTS (SELECT 1 FROM lifecycle)" : "false";
  const { rows } = await db.query<{ emits: boolean }>(
    `WITH ${parts.join(",\n")} SELECT ${emits} AS emits FROM run`,
    values,
  );
  failPoint("transition-committed");
  return { ends: rows.length > 0, emits: rows[0]?.emits ?? false };
}

function originSql(from: EndRunInput["from"], ownerId: string, bind: Bind): string {
  if ("runId" in from) return `origin AS (SELECT ${bind(from.runId)}::text AS "runId", ''::text AS id)`;
  const { id, generation } = from.call;
  return `origin AS (
    DELETE FROM "DurableJob" WHERE id = ${bind(id)} AND generation = ${bind(generation)} AND "ownerId" = ${bind(ownerId)}
    RETURNING "runId", id)`;
}

function invocationState(end: RunEnd): string {
  switch (end.status) {
    case "COMPLETED":
      return `{"data":${end.output}}`;
    case "FAILED":
      return `{"error":${end.error}}`;
    case "CANCELLED":
      return `{"error":{"message":"The invoked function was cancelled.","name":"Error"}}`;
  }
}

function lifecycleSql(events: readonly LifecycleEvent[], now: string, bind: Bind): string[] {
  if (events.length === 0) return [];
  return [
    `lifecycle AS (
      INSERT INTO "DurableEvent" (id, name, "organizationId", payload, "receivedAt")
      SELECT e.id, e.name, run."organizationId", e.text, ${now}
      FROM run, json_to_recordset(${bind(JSON.stringify(events))}::json)
        AS e(id text, name text, text text, "isWanted" boolean)
      WHERE e."isWanted" OR EXISTS (
        SELECT 1 FROM "DurablePause" p WHERE p.kind IN ('event', 'cancel') AND p.name = e.name)
      ON CONFLICT DO NOTHING RETURNING id)`,
    `lifecycle_job AS (
      INSERT INTO "DurableJob" (id, "functionId", kind, "isTimer", "availableAt", "orderAt", "limitKeys", limits, payload)
      SELECT 'emit:' || lifecycle.id, run."functionId", 'emit', true, ${now}, ${now}, '{}', '{}', lifecycle.id
      FROM lifecycle, run ON CONFLICT DO NOTHING)`,
  ];
}
