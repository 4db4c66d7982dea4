import type { JsonObject } from "../core/json.ts";
import { JSON_MERGE_DEPTH } from "../core/merge-json.ts";
import { RUN_EVENT_SCHEMA_VERSION } from "../core/run-event.ts";
import { storableJson } from "../core/storable-json.ts";
import type { CreateRun, CreateRunResult } from "./create-run.ts";
import { database } from "./database.ts";
import { EVENT_COLUMNS, type EventRow, eventRowsJson, toEventRow } from "./event-row.ts";
import { storedIdempotencyKey } from "./stored-idempotency-key.ts";

/** A run about to be created, serialised once. */
export interface RunInsert {
  organizationId: string;
  create: CreateRun;
  events: EventRow[];
  /** The JSON object of its row, and those of its outbox messages, each without the opening brace. */
  json: string;
  outboxJson: string[];
}

interface InsertedRow {
  n: number;
  written: boolean;
  sessionState: JsonObject | null;
  sessionCreated: boolean | null;
  priorRunId: string | null;
  priorSessionId: string | null;
  priorRequestHash: string | null;
}

const REQUEST_COLUMNS = `n int, org text, run text, root text, parent text, session text, title text, state jsonb,
  override jsonb, overwrites boolean, subject text, "componentType" text, "componentId" text, "componentName" text,
  "componentVersion" int, "modelProvider" text, "modelId" text, status text, input jsonb, preview text, key text,
  hash text, boot text, generation int, "nextIndex" int, at timestamptz`;

/**
 * What a stored session's state may take as the database writes it: twice what one request may lay over it, because
 * there are spaces in it. Without a bound the keys of many starts would add up.
 */
const MOST_STATE_CHARACTERS = 4_000_000;

// The state that a start leaves in a stored session; null for a start that says nothing of it, the usual one.
const NEXT_STATE = `(SELECT CASE WHEN f.overwrites THEN excluded.state
    ELSE merge_json(s.state, f.override, ${JSON_MERGE_DEPTH}) END
  FROM fresh f WHERE f.org = s."organizationId" AND f.session = s.id AND f.override IS NOT NULL LIMIT 1)`;

// One statement, so that a run is there with its session, its first events and its outbox messages, or not at all.
// A session of another subject or component, or whose state would grow too large, fails the WHERE of its upsert: it is
// not returned, and nothing joins it.
const insertRunsWith = (blobs: string) => `
WITH q AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS q(${REQUEST_COLUMNS})),
prior AS MATERIALIZED (
  SELECT q.n, r.id, r."sessionId", r."requestHash" FROM q
  JOIN "Run" r ON r."organizationId" = q.org AND r."idempotencyKey" = q.key),
fresh AS MATERIALIZED (SELECT q.* FROM q WHERE NOT EXISTS (SELECT 1 FROM prior WHERE prior.n = q.n)),
session AS (
  INSERT INTO "Session" AS s ("organizationId", id, subject, "componentType", "componentId", title, state,
    "createdAt", "updatedAt")
  SELECT DISTINCT ON (f.org, f.session) f.org, f.session, f.subject, f."componentType", f."componentId", f.title,
    CASE WHEN f.override IS NULL THEN f.state ELSE merge_json(f.state, f.override, ${JSON_MERGE_DEPTH}) END, f.at, f.at
  FROM fresh f ORDER BY f.org, f.session, f.n
  ON CONFLICT ("organizationId", id) DO UPDATE SET "updatedAt" = GREATEST(s."updatedAt", excluded."updatedAt"),
    state = COALESCE(${NEXT_STATE}, s.state)
    WHERE s.subject IS NOT DISTINCT FROM excluded.subject
      AND s."componentType" = excluded."componentType" AND s."componentId" = excluded."componentId"
      AND COALESCE(length(${NEXT_STATE}::text), 0) <= ${MOST_STATE_CHARACTERS}
  RETURNING s."organizationId", s.id, s.subject, s."componentType", s."componentId", s.state, s.xmax = 0 AS created),
run AS (
  INSERT INTO "Run" ("organizationId", id, "rootRunId", "parentRunId", "sessionId", subject, "componentType",
    "componentId", "componentName", "componentVersion", "modelProvider", "modelId", status, input, "inputPreview",
    "idempotencyKey", "requestHash", "driverBootId", generation, "nextIndex", "createdAt", "updatedAt")
  SELECT f.org, f.run, f.root, f.parent, f.session, f.subject, f."componentType", f."componentId",
    f."componentName", f."componentVersion", f."modelProvider", f."modelId", f.status, f.input, f.preview, f.key,
    f.hash, f.boot, f.generation, f."nextIndex", f.at, f.at
  FROM fresh f JOIN session s ON s."organizationId" = f.org AND s.id = f.session
    AND s.subject IS NOT DISTINCT FROM f.subject
    AND s."componentType" = f."componentType" AND s."componentId" = f."componentId"
  ORDER BY f.n
  RETURNING "organizationId", id),
event AS (
  INSERT INTO "RunEvent" ("organizationId", "rootRunId", index, "lastIndex", "runId", type, "schemaVersion", data,
    internal, "createdAt")
  SELECT r."organizationId", r.id, e.pos, e.pos, e.run, e.type, ${RUN_EVENT_SCHEMA_VERSION}, e.data, e.internal, e.at
  FROM json_to_recordset($2::json) AS e(${EVENT_COLUMNS})
  JOIN q ON q.n = e.g JOIN run r ON r."organizationId" = q.org AND r.id = q.run),
message AS (
  INSERT INTO "Outbox" ("organizationId", topic, payload)
  SELECT r."organizationId", o.topic, o.payload
  FROM json_to_recordset($3::json) AS o(n int, topic text, payload jsonb)
  JOIN q ON q.n = o.n JOIN run r ON r."organizationId" = q.org AND r.id = q.run)${blobs}
SELECT q.n, r.id IS NOT NULL AS written, s.state AS "sessionState", s.created AS "sessionCreated",
  p.id AS "priorRunId", p."sessionId" AS "priorSessionId", p."requestHash" AS "priorRequestHash"
FROM q
LEFT JOIN run r ON r."organizationId" = q.org AND r.id = q.run
LEFT JOIN session s ON s."organizationId" = q.org AND s.id = q.session
LEFT JOIN prior p ON p.n = q.n
ORDER BY q.n`;

const INSERT_RUNS = insertRunsWith("");

// In the order of the hashes, so that two processes that keep the same files never wait for each other.
const insertBlobs = (values: string) => `,
blob AS (
  INSERT INTO "Blob" ("organizationId", hash, "mediaType", "sizeBytes", data)
  SELECT DISTINCT ON (r."organizationId", b.hash) r."organizationId", b.hash, b.type, length(b.data), b.data
  FROM (VALUES ${values}) AS b(n, hash, type, data)
  JOIN q ON q.n = b.n JOIN run r ON r."organizationId" = q.org AND r.id = q.run
  ORDER BY 1, 2
  ON CONFLICT ("organizationId", hash) DO UPDATE SET "orphanedAt" = NULL
    WHERE "Blob"."orphanedAt" IS NOT NULL)`;

/** Prepares a run for insertRuns. Its status is RUNNING when a process drives it, else PENDING. */
export function toRunInsert(organizationId: string, create: CreateRun): RunInsert {
  const events = create.events.map(toEventRow);
  const at = new Date(events[0]?.createdAtMs ?? Date.now()).toISOString();
  const { json } = storableJson({
    org: organizationId,
    run: create.runId,
    root: create.rootRunId,
    parent: create.parentRunId,
    session: create.session.id,
    title: create.session.title,
    state: create.session.state,
    override: create.session.stateOverride ?? null,
    overwrites: create.session.overwritesState === true,
    subject: create.subject,
    componentType: create.componentType,
    componentId: create.componentId,
    componentName: create.componentName,
    componentVersion: create.componentVersion,
    modelProvider: create.modelProvider,
    modelId: create.modelId,
    status: create.bootId === null ? "PENDING" : "RUNNING",
    input: create.input,
    preview: create.inputPreview,
    key:
      create.idempotencyKey === undefined
        ? null
        : storedIdempotencyKey(create.subject, create.idempotencyKey),
    hash: create.requestHash ?? null,
    boot: create.bootId,
    generation: create.bootId === null ? 0 : 1,
    nextIndex: events.length,
    at,
  });
  const outboxJson = (create.outbox ?? []).map(({ name, data }) =>
    storableJson({ topic: name, payload: data }).json.slice(1),
  );
  return { organizationId, create, events, json: json.slice(1), outboxJson };
}

/** False when two creations would see each other's traces: they must go in different statements. */
export function mayShareBatch(insert: RunInsert, batch: readonly RunInsert[]): boolean {
  const { organizationId, create } = insert;
  return batch.every((other) => {
    if (other.organizationId !== organizationId) return true;
    if (create.idempotencyKey !== undefined && create.idempotencyKey === other.create.idempotencyKey)
      return false;
    if (create.session.id !== other.create.session.id) return true;
    return (
      create.session.stateOverride === undefined &&
      other.create.session.stateOverride === undefined &&
      create.subject === other.create.subject &&
      create.componentType === other.create.componentType &&
      create.componentId === other.create.componentId
    );
  });
}

/**
 * Creates the runs in one statement. The results come in the order of the requests.
 * The requests must be such that `mayShareBatch` allows.
 */
export async function insertRuns(batch: readonly RunInsert[]): Promise<CreateRunResult[]> {
  const requests = batch.map((insert, n) => `{"n":${n},${insert.json}`);
  const messages = batch.flatMap((insert, n) => insert.outboxJson.map((json) => `{"n":${n},${json}`));
  const parameters: unknown[] = [
    `[${requests.join(",")}]`,
    eventRowsJson(batch.map((insert) => insert.events)),
    `[${messages.join(",")}]`,
  ];
  // Bytes go as parameters of their own: within the JSON they would have to be text.
  const blobs = batch.flatMap((insert, n) => (insert.create.blobs ?? []).map((blob) => ({ n, ...blob })));
  const values = blobs.map(({ n, hash, mediaType, bytes }) => {
    const at = parameters.push(n, hash, mediaType, bytes) - 3;
    return `($${at}::int, $${at + 1}::text, $${at + 2}::text, $${at + 3}::bytea)`;
  });
  const statement = values.length === 0 ? INSERT_RUNS : insertRunsWith(insertBlobs(values.join(", ")));
  const { rows } = await database().pool.query<InsertedRow>(statement, parameters);
  const opened = new Set<string>();
  const results: CreateRunResult[] = [];
  for (const [n, insert] of batch.entries()) {
    const result = resultOf(insert, rows[n]) ?? (await refusalOf(insert));
    results.push(result);
    if (result.kind !== "created") continue;
    const session = `${insert.organizationId} ${insert.create.session.id}`;
    if (opened.has(session)) result.sessionCreated = false;
    opened.add(session);
  }
  return results;
}

function resultOf(insert: RunInsert, row: InsertedRow | undefined): CreateRunResult | undefined {
  if (row === undefined) return undefined;
  const { priorRunId, priorSessionId, priorRequestHash } = row;
  if (priorRunId !== null && priorSessionId !== null) {
    return { kind: "repeated", runId: priorRunId, sessionId: priorSessionId, requestHash: priorRequestHash };
  }
  if (!row.written) return undefined;
  const { rootRunId, bootId } = insert.create;
  return {
    kind: "created",
    lease: { organizationId: insert.organizationId, rootRunId, generation: bootId === null ? 0 : 1 },
    sessionState: row.sessionState ?? {},
    sessionCreated: row.sessionCreated === true,
  };
}

/** Why a run was not written: its session is there, but not for it. */
async function refusalOf({ organizationId, create }: RunInsert): Promise<CreateRunResult> {
  const { rows } = await database().pool.query<{ componentType: string; componentId: string }>(
    `SELECT "componentType", "componentId" FROM "Session"
     WHERE "organizationId" = $1 AND id = $2 AND subject IS NOT DISTINCT FROM $3`,
    [organizationId, create.session.id, create.subject],
  );
  const [session] = rows;
  if (session === undefined) return { kind: "session_of_other_subject" };
  return session.componentType === create.componentType && session.componentId === create.componentId
    ? { kind: "session_state_too_large", mostCharacters: MOST_STATE_CHARACTERS }
    : { kind: "session_of_other_component" };
}
