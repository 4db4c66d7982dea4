import { failPoint } from "#lib/core/fail-point.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Decision, WaitingStep } from "../decide.ts";
import { matchKeyOf } from "../match-keys.ts";
import type { ClaimedCall } from "./claim-calls.ts";
import { settledStepsSql } from "./settled-steps-sql.ts";
import type { Store } from "./store.ts";

/**
 * Writes that a run goes on: the settled steps, the new waits with their jobs and pauses, and the next look at the run
 * when nothing is pending. The call's job goes. Returns the ids of the steps that were not known before; null when the
 * claim is void, in which case nothing is written.
 */
export async function proceed(
  { db, now, ownerId }: Store,
  call: ClaimedCall,
  decision: Decision & { kind: "proceed" },
): Promise<string[] | null> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { settled, waiting, again, version } = decision;
  const isRace = settled.some(({ race }) => race);
  // Who has lost a race holds up nobody, so its members are not among what the run waits for.
  const pending = waiting.filter(({ race }) => !race).map(({ id }) => id);
  const parts = [
    `job AS (
      DELETE FROM "DurableJob" WHERE id = ${bind(call.id)} AND generation = ${bind(call.generation)}
        AND "ownerId" = ${bind(ownerId)} RETURNING "runId")`,
    `known AS (
      SELECT s.id FROM "DurableStep" s, job
      WHERE s."runId" = job."runId" AND s.id = ANY (${bind(waiting.map(({ id }) => id))}::text[]))`,
    `run AS (
      UPDATE "DurableRun" r SET "requestVersion" = COALESCE(${bind(version)}::int, r."requestVersion"),
        pending = ARRAY(
          SELECT p FROM unnest(r.pending || ARRAY(
            SELECT n FROM unnest(${bind(pending)}::text[]) n WHERE n NOT IN (SELECT id FROM known))) p
          WHERE p <> ALL (${bind(settled.map(({ id }) => id))}::text[]))
      FROM job WHERE r.id = job."runId" AND r."endedAt" IS NULL
      RETURNING r.id, r.pending, r."requestVersion", r."functionId", r."maxAttempts", r.priority, r."limitKeys", r.limits)`,
    ...settledStepsSql(settled, { run: "run", attempt: call.attempt, now, bind }),
  ];
  if (waiting.length > 0) parts.push(...waitingSql(waiting, call, now, bind));
  if (again !== null) {
    parts.push(`next_call AS (
      INSERT INTO "DurableJob" (id, "runId", "functionId", kind, "isTimer", "maxAttempts", "availableAt", "orderAt",
        "limitKeys", limits)
      SELECT id || ':after:' || ${bind(again)}::text, id, "functionId", 'call', false, "maxAttempts", ${now},
        ${now} - priority * interval '1 second', "limitKeys", limits
      FROM run WHERE pending = '{}' OR "requestVersion" = 1 OR ${bind(isRace)}::boolean
      ON CONFLICT DO NOTHING)`);
  }
  const made = waiting.length > 0 ? `ARRAY(SELECT id FROM waiting)` : `'{}'::text[]`;
  failPoint("transition-before-commit");
  const { rows } = await db.query<{ made: string[] }>(
    `WITH ${parts.join(",\n")} SELECT ${made} AS made FROM run`,
    values,
  );
  failPoint("transition-committed");
  return rows[0]?.made ?? null;
}

function waitingSql(
  waiting: readonly WaitingStep[],
  call: ClaimedCall,
  now: string,
  bind: (value: unknown) => string,
): string[] {
  const startEvent = JSON.parse(call.event) as JsonObject;
  const rows = waiting.map(({ id, name, op, race, wait }) => ({
    id,
    name,
    op,
    race,
    kind: wait.kind,
    waitsFor: waitsFor(wait),
    expression: wait.kind === "event" ? wait.expression : null,
    matchKey: wait.kind === "event" ? matchKeyOf(wait.expression, startEvent) : null,
    untilMs: "untilMs" in wait ? wait.untilMs : null,
  }));
  return [
    `wanted AS MATERIALIZED (
      SELECT run.id AS "runId", run."functionId", run."maxAttempts", run.priority, run."limitKeys", run.limits, w.*,
        to_timestamp(w."untilMs" / 1000) AS until
      FROM run, json_to_recordset(${bind(JSON.stringify(rows))}::json) AS w(id text, name text, op text, race boolean,
        kind text, "waitsFor" text, expression text, "matchKey" text, "untilMs" float8))`,
    `waiting AS (
      INSERT INTO "DurableStep" ("runId", id, name, op, status, race, "waitsFor", "waitsUntil", "createdAt")
      SELECT "runId", id, name, op, 'WAITING', race, "waitsFor", until, ${now} FROM wanted
      ON CONFLICT DO NOTHING RETURNING id)`,
    `waiting_job AS (
      INSERT INTO "DurableJob" (id, "runId", "functionId", kind, "isTimer", "stepId", "maxAttempts", "availableAt",
        "orderAt", "limitKeys", limits)
      SELECT "runId" || ':' || id, "runId", "functionId",
        CASE kind WHEN 'call' THEN 'call' WHEN 'sleep' THEN 'sleep' ELSE 'timeout' END, kind <> 'call', id,
        "maxAttempts", COALESCE(until, ${now}), ${now} - priority * interval '1 second', "limitKeys", limits
      FROM wanted WHERE id IN (SELECT id FROM waiting) AND (until IS NOT NULL OR kind = 'call')
      ON CONFLICT DO NOTHING)`,
    `waiting_pause AS (
      INSERT INTO "DurablePause" (id, "runId", "stepId", kind, name, "matchKey", expression)
      SELECT "runId" || ':' || id, "runId", id, 'event', "waitsFor", "matchKey", expression
      FROM wanted WHERE id IN (SELECT id FROM waiting) AND kind = 'event'
      ON CONFLICT DO NOTHING)`,
  ];
}

function waitsFor(wait: WaitingStep["wait"]): string | null {
  switch (wait.kind) {
    case "call":
    case "sleep":
      return null;
    case "event":
      return wait.event;
    case "signal":
      return wait.signal;
    case "invoke":
      return wait.functionId;
  }
}
