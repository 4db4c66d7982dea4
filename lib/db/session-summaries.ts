import { addModelUsage, type ModelUsage } from "../core/model-usage.ts";
import type { Scope } from "../core/scope.ts";
import type { SessionSummaryText } from "../core/session-summary.ts";
import { type SideCall, usageOfCall } from "../core/side-call.ts";
import { storableJson } from "../core/storable-json.ts";
import { database } from "./database.ts";
import { flatUsage, type UsageRow } from "./usage-row.ts";
import { supersededSql } from "./superseded-sql.ts";
import { transaction } from "./transaction.ts";

/** Returns what the session was about so far; null when nobody has summed it up or the caller has none of this id. */
export async function getSessionSummary(scope: Scope, sessionId: string): Promise<SessionSummaryText | null> {
  const { rows } = await database().pool.query<{ summary: SessionSummaryText | null }>(
    `SELECT s.summary FROM "Session" s
     WHERE s."organizationId" = $1 AND s.id = $2 AND ($3::text IS NULL OR s.subject = $3)`,
    [scope.organizationId, sessionId, scope.subject],
  );
  return rows[0]?.summary ?? null;
}

/** What a summary is made of, and how far it will reach. */
export interface SummaryWork {
  sessionId: string;
  /** The place of the last run that it covers. */
  ordinal: string;
  /** Runs up to that place that have not ended yet, or may still go on: it does not cover those. */
  late: string[];
  before: SessionSummaryText | null;
  /** The runs to be told, oldest first. */
  runIds: string[];
}

/** So many runs are remembered as late: those that failed may go on one day, and most never do. */
const MOST_LATE = 50;

/** True for a run r whose end may still bring something to tell; its answer may come back from an attempt at another. */
const MAY_BE_TOLD = `(r.status IN ('PENDING', 'RUNNING', 'PAUSED', 'ERROR') OR r.status = 'REGENERATED' AND EXISTS (
    SELECT 1 FROM "Run" attempt WHERE attempt."organizationId" = r."organizationId"
      AND attempt."sessionId" = r."sessionId" AND attempt.ordinal = r.ordinal
      AND attempt.status IN ('PENDING', 'RUNNING', 'PAUSED')))`;

/**
 * Finds what a summary up to a run is made of: the last `count` runs that later ones are told of, only those that no
 * summary covers yet unless `again`. A run that began before the last one covered, and ended after it was summed up, is
 * one that none covers. Null when the run is gone, or when a summary covers it already.
 */
export async function findSummaryWork(
  scope: Scope,
  runId: string,
  { count, again }: { count: number; again: boolean },
): Promise<SummaryWork | null> {
  const { rows } = await database().pool.query<SummaryWork>(
    `WITH place AS (
       SELECT s.id, s.summary, s."summaryOrdinal" AS covered, s."summaryLate" AS late,
         GREATEST(s."summaryOrdinal", r.ordinal) AS ordinal
       FROM "Run" r JOIN "Session" s ON s."organizationId" = r."organizationId" AND s.id = r."sessionId"
       WHERE r."organizationId" = $1 AND r.id = $2 AND ($3::text IS NULL OR r.subject = $3)
         AND (s."summaryOrdinal" IS NULL OR s."summaryOrdinal" < r.ordinal OR r.id = ANY(s."summaryLate"))),
     -- By ranges of the index: a summary of a long session must not read all of it.
     near AS (
       SELECT r.id FROM place p JOIN "Run" r ON r."organizationId" = $1 AND r."sessionId" = p.id
         AND r.ordinal > COALESCE(p.covered, 0) AND r.ordinal <= p.ordinal
       UNION SELECT unnest(p.late) FROM place p
       UNION (SELECT r.id FROM place p JOIN "Run" r ON r."organizationId" = $1 AND r."sessionId" = p.id
         AND r.ordinal <= p.ordinal
         WHERE $5 AND r."parentRunId" IS NULL AND r.status IN ('COMPLETED', 'CANCELLED') AND NOT ${supersededSql("r")}
         ORDER BY r.ordinal DESC LIMIT $4)),
     known AS (
       SELECT r.id, r.ordinal, r.status IN ('COMPLETED', 'CANCELLED') AS told, ${MAY_BE_TOLD} AS late,
         p.covered IS NULL OR r.ordinal > p.covered OR r.id = ANY(p.late) AS fresh, r.id = ANY(p.late) AS "wasLate"
       FROM place p CROSS JOIN near n
       JOIN "Run" r ON r."organizationId" = $1 AND r.id = n.id AND r."sessionId" = p.id AND r.ordinal <= p.ordinal
       WHERE r."parentRunId" IS NULL AND NOT ${supersededSql("r")})
     SELECT p.id AS "sessionId", p.ordinal::text AS ordinal, p.summary AS before,
       ARRAY(SELECT id FROM known WHERE late AND fresh ORDER BY ordinal DESC, id LIMIT ${MOST_LATE}) AS late,
       ARRAY(SELECT last.id FROM (SELECT id, ordinal FROM known WHERE told AND ($5 OR fresh)
         ORDER BY "wasLate" DESC NULLS LAST, ordinal DESC LIMIT $4) last ORDER BY last.ordinal) AS "runIds"
     FROM place p`,
    [scope.organizationId, runId, scope.subject, count, again],
  );
  return rows[0] ?? null;
}

/**
 * Keeps a summary up to `ordinal`, but for the runs that are `late`, unless one is there that covers more; what making it
 * has used is kept in any case. Does nothing when the caller has no such session any more.
 */
export async function saveSessionSummary(
  scope: Scope,
  sessionId: string,
  made: { summary: SessionSummaryText; ordinal: string; late: readonly string[]; call: SideCall },
): Promise<void> {
  await transaction(async (client) => {
    const { rows } = await client.query<{ usage: UsageRow[] | null }>(
      `SELECT "summaryUsage" AS usage FROM "Session"
       WHERE "organizationId" = $1 AND id = $2 AND ($3::text IS NULL OR subject = $3) FOR UPDATE`,
      [scope.organizationId, sessionId, scope.subject],
    );
    const [session] = rows;
    if (session === undefined) return;
    await client.query(
      `UPDATE "Session" SET "summaryUsage" = $3::jsonb,
         summary = CASE WHEN ${COVERS_MORE} THEN $4::jsonb ELSE summary END,
         "summaryLate" = CASE WHEN ${COVERS_MORE} THEN $6 ELSE "summaryLate" END,
         "summaryOrdinal" = GREATEST("summaryOrdinal", $5)
       WHERE "organizationId" = $1 AND id = $2`,
      [
        scope.organizationId,
        sessionId,
        JSON.stringify(withCall(session.usage ?? [], made.call)),
        storableJson(made.summary).json,
        made.ordinal,
        made.late,
      ],
    );
  });
}

/** A summary up to the place $5, but for the runs $6, in place of the one that is there. */
const COVERS_MORE = `("summaryOrdinal" IS NULL OR "summaryOrdinal" < $5
  OR "summaryOrdinal" = $5 AND "summaryLate" @> $6 AND NOT "summaryLate" <@ $6)`;

function withCall(rows: readonly UsageRow[], call: SideCall): UsageRow[] {
  const { role, model: id, model_provider: provider } = call;
  const before = rows.map(
    ({ costMicroUsd: _cost, role: one, id: model, provider: by, ...usage }): ModelUsage => ({
      role: one,
      id: model,
      provider: by,
      usage,
    }),
  );
  const costs = new Map(rows.map((row) => [keyOf(row), row.costMicroUsd ?? null]));
  const key = keyOf({ role, id, provider });
  const paid = call.cost_micro_usd;
  const sum = costs.get(key) ?? (costs.has(key) ? null : 0);
  costs.set(key, sum === null || paid === null ? null : sum + paid);
  return addModelUsage(before, { role, id, provider }, usageOfCall(call)).map((one) => ({
    ...flatUsage(one),
    costMicroUsd: costs.get(keyOf(one)) ?? null,
  }));
}

function keyOf({ role, id, provider }: Pick<ModelUsage, "role" | "id" | "provider">): string {
  return JSON.stringify([role, id, provider]);
}
