import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { Scope } from "../core/scope.ts";
import { insertAuditEntry } from "./insert-audit-entry.ts";
import { supersededSql } from "./superseded-sql.ts";
import { transaction } from "./transaction.ts";

/** A session to copy, and the id of the copy. */
export interface ForkSession {
  sessionId: string;
  componentId: string;
  newSessionId: string;
  /** The last run to copy; null for all of them. */
  upToRunId: string | null;
}

/** Run trees that have ended: what is still under way has a driver, or people, who know nothing of a copy. */
const ENDED = `root.status IN ('COMPLETED', 'CANCELLED', 'ERROR', 'REGENERATED')`;

// What a run used was paid for once: the copies count nothing. They are kept as long as runs that end today. An answer
// whose replacement is not copied, because it is still being written, stands in the copy.
const COPY_RUNS = `
  INSERT INTO "Run" ("organizationId", id, "rootRunId", "parentRunId", "sessionId", subject, "componentType",
    "componentId", "componentName", "componentVersion", "modelProvider", "modelId", status, "inputPreview", input,
    content, "reasoningContent", "errorType", "errorMessage", "nextIndex", generation, "timeToFirstTokenMs",
    "durationMs", "cancelRequestedAt", "forkedFromRunId", "forkedFromMessageIndex", "regeneratedFrom",
    "forkedFromSessionId", "createdAt", "updatedAt", "endedAt")
  SELECT r."organizationId", m.fresh, root.fresh, parent.fresh, $3, r.subject, r."componentType",
    r."componentId", r."componentName", r."componentVersion", r."modelProvider", r."modelId",
    CASE WHEN r.status <> 'REGENERATED' OR EXISTS (SELECT 1 FROM "Run" later JOIN map ON map.old = later.id
        WHERE later."organizationId" = $1 AND later."forkedFromRunId" = r.id AND later.ordinal = r.ordinal)
      THEN r.status WHEN r."errorMessage" IS NULL THEN 'COMPLETED' ELSE 'ERROR' END,
    r."inputPreview", r.input, r.content, r."reasoningContent", r."errorType", r."errorMessage", r."nextIndex",
    r.generation, r."timeToFirstTokenMs", r."durationMs", r."cancelRequestedAt", source.fresh,
    r."forkedFromMessageIndex", replaced.fresh, r."sessionId", r."createdAt", now(), now()
  FROM "Run" r
  JOIN map m ON m.old = r.id
  JOIN map root ON root.old = r."rootRunId"
  LEFT JOIN map parent ON parent.old = r."parentRunId"
  LEFT JOIN map source ON source.old = r."forkedFromRunId"
  LEFT JOIN map replaced ON replaced.old = r."regeneratedFrom"
  WHERE r."organizationId" = $1
  ORDER BY r.ordinal, r."createdAt", r.id`;

// The runs that a model was told of are named by their ids: those that were copied go by the copies'.
const COPY_EVENTS = `
  INSERT INTO "RunEvent" ("organizationId", "rootRunId", index, "lastIndex", "runId", type, "schemaVersion", data,
    internal, "createdAt")
  SELECT e."organizationId", root.fresh, e.index, e."lastIndex", run.fresh, e.type, e."schemaVersion", e.data,
    CASE WHEN e.type = 'ModelRequestStarted' AND json_typeof(e.internal -> 'history') = 'array' THEN
      jsonb_set(e.internal::jsonb, '{history}', COALESCE((SELECT jsonb_agg(COALESCE(told.fresh, h.id) ORDER BY h.n)
        FROM json_array_elements_text(e.internal -> 'history') WITH ORDINALITY AS h(id, n)
        LEFT JOIN map told ON told.old = h.id), '[]'))::json
      ELSE e.internal END, e."createdAt"
  FROM "RunEvent" e
  JOIN map root ON root.old = e."rootRunId"
  JOIN map run ON run.old = e."runId"
  WHERE e."organizationId" = $1`;

// The copies stand at places of their own; what the summary covers, it covers in the copy, and nothing else.
const COPY_SUMMARY_PLACE = `
  WITH map AS MATERIALIZED (SELECT * FROM json_to_recordset($2::json) AS m(old text, fresh text)),
    run AS (
      SELECT map.fresh, old.ordinal AS place, copy.ordinal, old.id = ANY(source."summaryLate") AS late,
        source."summaryOrdinal" AS covered
      FROM "Session" source CROSS JOIN map
      JOIN "Run" old ON old."organizationId" = $1 AND old.id = map.old AND old."parentRunId" IS NULL
      JOIN "Run" copy ON copy."organizationId" = $1 AND copy.id = map.fresh
      WHERE source."organizationId" = $1 AND source.id = $4)
  UPDATE "Session" s SET
    "summaryOrdinal" = (SELECT max(ordinal) FROM run WHERE place <= covered),
    "summaryLate" = ARRAY(SELECT fresh FROM run WHERE late)
  WHERE s."organizationId" = $1 AND s.id = $3 AND s.summary IS NOT NULL`;

const withMap = (statement: string) =>
  statement.replace(
    /INSERT INTO/,
    `WITH map AS MATERIALIZED (SELECT * FROM json_to_recordset($2::json) AS m(old text, fresh text)) INSERT INTO`,
  );

/**
 * Copies a session of the caller with its ended runs and their journals into a new session of the same subject, all in
 * one transaction and within the database; files are referred to, not copied. `no_runs` leaves nothing behind; null
 * when the caller has no such session of that component.
 */
export async function forkSession(
  scope: Scope,
  { sessionId, componentId, newSessionId, upToRunId }: ForkSession,
): Promise<"forked" | "no_runs" | "no_such_run" | null> {
  return transaction(async (client) => {
    const { organizationId, subject } = scope;
    const { rowCount } = await client.query(
      `SELECT 1 FROM "Session" s WHERE s."organizationId" = $1 AND s.id = $2 AND s."componentId" = $3
         AND ($4::text IS NULL OR s.subject = $4) FOR SHARE`,
      [organizationId, sessionId, componentId, subject],
    );
    if (rowCount === 0) return null;
    if (upToRunId !== null && !(await hasRun(client, { organizationId, sessionId, runId: upToRunId }))) {
      return "no_such_run";
    }
    const map = await newIds(client, { organizationId, sessionId, upToRunId });
    if (map.length === 0) return "no_runs";
    await client.query(
      `INSERT INTO "Session" ("organizationId", id, subject, "componentType", "componentId", title, state, metadata,
         summary)
       SELECT "organizationId", $3, subject, "componentType", "componentId", title, state, metadata,
         CASE WHEN $4 THEN summary END
       FROM "Session" WHERE "organizationId" = $1 AND id = $2`,
      // A summary may tell of runs that a part of the conversation does not have.
      [organizationId, sessionId, newSessionId, upToRunId === null],
    );
    const ids = JSON.stringify(map);
    await client.query(withMap(COPY_RUNS), [organizationId, ids, newSessionId]);
    await client.query(withMap(COPY_EVENTS), [organizationId, ids]);
    await client.query(COPY_SUMMARY_PLACE, [organizationId, ids, newSessionId, sessionId]);
    await insertAuditEntry(client, scope, {
      action: "session.forked",
      targetType: "session",
      targetId: newSessionId,
      details: { forked_from_session_id: sessionId, runs: map.length },
    });
    return "forked";
  });
}

async function hasRun(
  client: PoolClient,
  { organizationId, sessionId, runId }: { organizationId: string; sessionId: string; runId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM "Run" r
     WHERE r."organizationId" = $1 AND r."sessionId" = $2 AND r.id = $3 AND r."parentRunId" IS NULL`,
    [organizationId, sessionId, runId],
  );
  return rowCount !== 0;
}

/** An id for the copy of each run. */
async function newIds(
  client: PoolClient,
  from: { organizationId: string; sessionId: string; upToRunId: string | null },
): Promise<{ old: string; fresh: string }[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT r.id FROM "Run" r
     JOIN "Run" root ON root."organizationId" = r."organizationId" AND root.id = r."rootRunId"
     WHERE r."organizationId" = $1 AND r."sessionId" = $2 AND ${ENDED} AND NOT ${supersededSql("root")}
       AND ($3::text IS NULL OR root.ordinal <= (SELECT last.ordinal FROM "Run" last
         WHERE last."organizationId" = $1 AND last.id = $3))`,
    [from.organizationId, from.sessionId, from.upToRunId],
  );
  return rows.map(({ id }) => ({ old: id, fresh: randomUUID() }));
}
