import { failPoint } from "../core/fail-point.ts";
import { type AppendRequest, LeaseLostError, type RunPatch } from "../core/journal.ts";
import { RUN_EVENT_SCHEMA_VERSION } from "../core/run-event.ts";
import { storableJson } from "../core/storable-json.ts";
import { database } from "./database.ts";
import { claimEffectsSql, effectClaimRows, effectEndRows, endEffectsSql } from "./effect-sql.ts";
import { EVENT_COLUMNS, type EventRow, eventRowsJson, toEventRow } from "./event-row.ts";
import type { Outcome } from "./group-commit.ts";
import { JOURNAL_CHANNEL } from "./journal-listener.ts";
import { flatUsage } from "./usage-row.ts";
import { RESTORE_ANSWER_SQL } from "./restore-answer-sql.ts";
import { cancelRequirementsSql, openRequirementsSql, requirementRows } from "./requirement-sql.ts";

/** An append, serialised once. */
export interface RunAppend {
  request: AppendRequest;
  events: EventRow[];
}

/** All appends of one lease in a batch: they become one update of the root run's row. */
interface LeaseGroup {
  lease: AppendRequest["lease"];
  appends: RunAppend[];
  patches: Map<string, RunPatch>;
  states: Map<string, object>;
}

const PATCH_COLUMNS = `status text, content text, "reasoningContent" text, "errorType" text, "errorMessage" text,
  "inputTokens" int, "outputTokens" int, "totalTokens" int, "reasoningTokens" int, "cacheReadTokens" int,
  "cacheWriteTokens" int, "costMicroUsd" bigint, unpriced boolean, "modelUsage" jsonb, "timeToFirstTokenMs" float8, "durationMs" float8,
  "endedAt" timestamptz`;

// A run that has ended or pauses needs no driver any more: the hold goes with the status, in the same commit.
const PATCH_ASSIGNMENTS = `, status = COALESCE(p.status, r.status), content = COALESCE(p.content, r.content),
  "reasoningContent" = COALESCE(p."reasoningContent", r."reasoningContent"),
  "errorType" = COALESCE(p."errorType", r."errorType"),
  "errorMessage" = COALESCE(p."errorMessage", r."errorMessage"),
  "inputTokens" = COALESCE(p."inputTokens", r."inputTokens"),
  "outputTokens" = COALESCE(p."outputTokens", r."outputTokens"),
  "totalTokens" = COALESCE(p."totalTokens", r."totalTokens"),
  "reasoningTokens" = COALESCE(p."reasoningTokens", r."reasoningTokens"),
  "cacheReadTokens" = COALESCE(p."cacheReadTokens", r."cacheReadTokens"),
  "cacheWriteTokens" = COALESCE(p."cacheWriteTokens", r."cacheWriteTokens"),
  "costMicroUsd" = CASE WHEN p.unpriced THEN NULL ELSE COALESCE(p."costMicroUsd", r."costMicroUsd") END,
  "modelUsage" = COALESCE(p."modelUsage", r."modelUsage"),
  "timeToFirstTokenMs" = COALESCE(p."timeToFirstTokenMs", r."timeToFirstTokenMs"),
  "durationMs" = COALESCE(p."durationMs", r."durationMs"), "endedAt" = COALESCE(p."endedAt", r."endedAt"),
  "driverBootId" = CASE WHEN p.status IN ('PAUSED', 'COMPLETED', 'CANCELLED', 'ERROR') THEN NULL
    ELSE r."driverBootId" END`;

/** The statement with the parts that the batch needs, and its values: most batches only carry text. */
function appendSql(groups: readonly LeaseGroup[], origin: string | null): { text: string; values: string[] } {
  const values = [
    rootsJson(groups),
    eventRowsJson(groups.map((group) => group.appends.flatMap(({ events }) => events))),
  ];
  const bind = (value: string) => `$${values.push(value)}`;
  const patched = groups.some((group) => group.patches.size > 0);
  const members = groups.flatMap(memberPatches);
  const states = groups.flatMap((group, g) =>
    [...group.states].map(([session, state]) => ({ g, session, state })),
  );
  const parts = [
    `p AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json)
      AS p(g int, org text, root text, generation int, n int${patched ? `, ${PATCH_COLUMNS}` : ""}))`,
    `root AS (
      UPDATE "Run" r SET "nextIndex" = r."nextIndex" + p.n, "updatedAt" = now()${patched ? PATCH_ASSIGNMENTS : ""}
      FROM p WHERE r."organizationId" = p.org AND r.id = p.root AND r.generation = p.generation
      RETURNING p.g, r."organizationId" AS org, r.id, r."nextIndex" - p.n AS base)`,
    `event AS (
      INSERT INTO "RunEvent" ("organizationId", "rootRunId", index, "lastIndex", "runId", type, "schemaVersion",
        data, internal, "createdAt")
      SELECT root.org, root.id, root.base + e.pos, root.base + e.pos, e.run, e.type, ${RUN_EVENT_SCHEMA_VERSION},
        e.data, e.internal, e.at
      FROM json_to_recordset($2::json) AS e(${EVENT_COLUMNS}) JOIN root ON root.g = e.g)`,
  ];
  if (states.length > 0) {
    parts.push(`session AS (
      UPDATE "Session" s SET state = x.state, "updatedAt" = now()
      FROM json_to_recordset(${bind(storableJson(states).json)}::json) AS x(g int, session text, state jsonb)
      JOIN root ON root.g = x.g
      WHERE s."organizationId" = root.org AND s.id = x.session)`);
  }
  const broken = groups.some(({ lease, patches }) => {
    const status = patches.get(lease.rootRunId)?.status;
    return status === "ERROR" || status === "CANCELLED";
  });
  if (broken) parts.push(RESTORE_ANSWER_SQL);
  if (members.length > 0) {
    parts.push(`member AS (
      UPDATE "Run" r SET "updatedAt" = now()${PATCH_ASSIGNMENTS}
      FROM json_to_recordset(${bind(storableJson(members).json)}::json) AS p(g int, run text, ${PATCH_COLUMNS})
      JOIN root ON root.g = p.g
      WHERE r."organizationId" = root.org AND r.id = p.run AND r."rootRunId" = root.id)`);
  }
  const messages = groups.flatMap((group, g) =>
    group.appends.flatMap(({ request }) =>
      (request.outbox ?? []).map(({ name, data }) => ({ g, name, data })),
    ),
  );
  if (messages.length > 0) {
    parts.push(`message AS (
      INSERT INTO "Outbox" ("organizationId", topic, payload)
      SELECT root.org, o.name, o.data
      FROM json_to_recordset(${bind(storableJson(messages).json)}::json) AS o(g int, name text, data jsonb)
      JOIN root ON root.g = o.g)`);
  }
  const requests = groups.map(({ appends }) => appends.map(({ request }) => request));
  const requirements = requirementRows(requests);
  if (requirements.length > 0) {
    parts.push(openRequirementsSql(bind(storableJson(requirements).json)));
  }
  const ending = requests.flatMap((ofGroup, g) =>
    ofGroup.some(({ cancelRequirements }) => cancelRequirements === true) ? [g] : [],
  );
  if (ending.length > 0) parts.push(cancelRequirementsSql(bind(JSON.stringify(ending))));
  const claims = effectClaimRows(requests);
  if (claims.length > 0) parts.push(claimEffectsSql(bind(storableJson(claims).json)));
  const ends = effectEndRows(requests);
  if (ends.length > 0) parts.push(endEffectsSql(bind(storableJson(ends).json)));
  const notify =
    origin === null
      ? ""
      : `, pg_notify('${JOURNAL_CHANNEL}', concat_ws(' ', ${bind(origin)}::text, org, id))`;
  return { text: `WITH ${parts.join(", ")} SELECT g, base${notify} FROM root`, values };
}

/** Serialises an append. */
export function toRunAppend(request: AppendRequest): RunAppend {
  return { request, events: request.events.map(toEventRow) };
}

/**
 * Writes all appends in one statement, each lease's in the order given. Appends whose lease another driver has taken
 * over fail with LeaseLostError and write nothing; the others are not touched by that.
 * `origin` names this process to the others' listeners; null where nobody listens.
 */
export async function appendEvents(
  batch: readonly RunAppend[],
  origin: string | null,
): Promise<Outcome<{ firstIndex: number }>[]> {
  const groups = groupByLease(batch);
  const { text, values } = appendSql(groups, origin);
  failPoint("append-before-commit");
  const { rows } = await database().pool.query<{ g: number; base: number }>(text, values);
  failPoint("append-committed");
  const firstIndexes = new Map<RunAppend, number>();
  for (const { g, base } of rows) {
    let next = base;
    for (const append of groups[g]?.appends ?? []) {
      firstIndexes.set(append, next);
      next += append.events.length;
    }
  }
  return batch.map((append) => {
    const firstIndex = firstIndexes.get(append);
    return firstIndex === undefined
      ? { ok: false, error: new LeaseLostError(append.request.lease.rootRunId) }
      : { ok: true, value: { firstIndex } };
  });
}

function groupByLease(batch: readonly RunAppend[]): LeaseGroup[] {
  const groups = new Map<string, LeaseGroup>();
  for (const append of batch) {
    const { lease, patches = [], sessionState } = append.request;
    const key = `${lease.organizationId} ${lease.rootRunId} ${lease.generation}`;
    const group: LeaseGroup = groups.get(key) ?? {
      lease,
      appends: [],
      patches: new Map(),
      states: new Map(),
    };
    groups.set(key, group);
    group.appends.push(append);
    for (const { runId, patch } of patches) {
      group.patches.set(runId, { ...group.patches.get(runId), ...patch });
    }
    if (sessionState !== undefined) group.states.set(sessionState.sessionId, sessionState.state);
  }
  return [...groups.values()];
}

function rootsJson(groups: readonly LeaseGroup[]): string {
  return storableJson(
    groups.map(({ lease, appends, patches }, g) => ({
      g,
      org: lease.organizationId,
      root: lease.rootRunId,
      generation: lease.generation,
      n: appends.reduce((sum, append) => sum + append.events.length, 0),
      ...patchColumns(patches.get(lease.rootRunId) ?? {}),
    })),
  ).json;
}

function memberPatches({ lease, patches }: LeaseGroup, g: number): object[] {
  return [...patches]
    .filter(([runId]) => runId !== lease.rootRunId)
    .map(([run, patch]) => ({ g, run, ...patchColumns(patch) }));
}

function patchColumns({ endedAtMs, costMicroUsd, modelUsage, ...columns }: RunPatch): object {
  return {
    ...columns,
    ...(modelUsage === undefined ? {} : { modelUsage: modelUsage.map(flatUsage) }),
    ...(endedAtMs === undefined ? {} : { endedAt: new Date(endedAtMs).toISOString() }),
    ...(costMicroUsd === null ? { unpriced: true } : { costMicroUsd }),
  };
}
