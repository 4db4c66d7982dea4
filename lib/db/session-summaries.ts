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
  before: SessionSummaryText | null;
  /** The runs to be told, oldest first. */
  runIds: string[];
}

/**
 * Finds what a summary up to a run is made of: the last `count` runs that later ones are told of, only those that no
 * summary covers yet unless `again`. Null when the run is gone, or when a summary covers it already.
 */
export async function findSummaryWork(
  scope: Scope,
  runId: string,
  { count, again }: { count: number; again: boolean },
): Promise<SummaryWork | null> {
  const { rows } = await database().pool.query<SummaryWork>(
    `SELECT s.id AS "sessionId", r.ordinal::text AS ordinal, s.summary AS before,
       ARRAY(SELECT told.id FROM (
         SELECT t.id, t.ordinal FROM "Run" t
         WHERE t."organizationId" = r."organizationId" AND t."sessionId" = r."sessionId" AND t."parentRunId" IS NULL
           AND t.status IN ('COMPLETED', 'CANCELLED') AND NOT ${supersededSql("t")} AND t.ordinal <= r.ordinal
           AND ($5 OR s."summaryOrdinal" IS NULL OR t.ordinal > s."summaryOrdinal")
         ORDER BY t.ordinal DESC LIMIT $4) told ORDER BY told.ordinal) AS "runIds"
     FROM "Run" r JOIN "Session" s ON s."organizationId" = r."organizationId" AND s.id = r."sessionId"
     WHERE r."organizationId" = $1 AND r.id = $2 AND ($3::text IS NULL OR r.subject = $3)
       AND (s."summaryOrdinal" IS NULL OR s."summaryOrdinal" < r.ordinal)`,
    [scope.organizationId, runId, scope.subject, count, again],
  );
  return rows[0] ?? null;
}

/**
 * Keeps a summary up to `ordinal`, unless a later one is there; what making it has used is kept in any case. Does nothing
 * when the caller has no such session any more.
 */
export async function saveSessionSummary(
  scope: Scope,
  sessionId: string,
  made: { summary: SessionSummaryText; ordinal: string; call: SideCall },
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
         summary = CASE WHEN "summaryOrdinal" IS NULL OR "summaryOrdinal" < $5 THEN $4::jsonb ELSE summary END,
         "summaryOrdinal" = GREATEST("summaryOrdinal", $5)
       WHERE "organizationId" = $1 AND id = $2`,
      [
        scope.organizationId,
        sessionId,
        JSON.stringify(withCall(session.usage ?? [], made.call)),
        storableJson(made.summary).json,
        made.ordinal,
      ],
    );
  });
}

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
