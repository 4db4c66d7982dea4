import type { RunIdentity } from "../core/journal.ts";
import type { JsonObject } from "../core/json.ts";
import type { TokenUsage } from "../core/run-metrics.ts";
import type { RunStatus } from "../core/run-status.ts";

/** A session as stored. */
export interface SessionRecord {
  organizationId: string;
  id: string;
  subject: string | null;
  componentType: RunIdentity["componentType"];
  componentId: string;
  /** The name that somebody gave it; null until then. */
  title: string | null;
  state: JsonObject;
  metadata: JsonObject | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What the session's root runs used of one model. */
export interface SessionModelUsage extends TokenUsage {
  provider: string;
  modelId: string;
}

/** A session with the sums over its root runs. */
export interface SessionOverview extends SessionRecord {
  /** The title, else the beginning of the first question, else empty. */
  name: string;
  runCount: number;
  /** Of the newest run; null before the first. */
  lastStatus: RunStatus | null;
  lastRunId: string | null;
  usage: TokenUsage;
  /** Millionths of a US dollar over the runs whose model has a known price; null when none has. */
  costMicroUsd: number | null;
  models: SessionModelUsage[];
}

/** The columns of a SessionRecord, for a query whose "Session" is called s. */
export const SESSION_COLUMNS = `s."organizationId", s.id, s.subject, s."componentType", s."componentId", s.title,
  s.state, s.metadata, s."createdAt", s."updatedAt"`;

/** The beginning of the first question of the session called s. */
export const FIRST_QUESTION = `(SELECT r."inputPreview" FROM "Run" r WHERE r."organizationId" = s."organizationId"
  AND r."sessionId" = s.id ORDER BY r.ordinal LIMIT 1)`;

const USAGE_SUMS = ["input", "output", "total", "reasoning", "cacheRead", "cacheWrite"]
  .map((kind) => `'${kind}Tokens', COALESCE(sum(r."${kind}Tokens"), 0)`)
  .join(", ");

/** The columns of a SessionOverview, for a query with "Session" s and OVERVIEW_JOINS. */
export const OVERVIEW_COLUMNS = `${SESSION_COLUMNS}, COALESCE(s.title, ${FIRST_QUESTION}, '') AS name,
  totals."runCount", totals.usage, totals."costMicroUsd", newest.status AS "lastStatus", newest.id AS "lastRunId",
  COALESCE(by_model.models, '[]') AS models`;

const ROOT_RUNS = `"Run" r WHERE r."organizationId" = s."organizationId" AND r."sessionId" = s.id
  AND r."parentRunId" IS NULL`;

/** The sums over the root runs of each session s; no payload column is read. */
export const OVERVIEW_JOINS = `
CROSS JOIN LATERAL (SELECT count(*)::int AS "runCount", json_build_object(${USAGE_SUMS}) AS usage,
  sum(r."costMicroUsd")::float8 AS "costMicroUsd" FROM ${ROOT_RUNS}) totals
LEFT JOIN LATERAL (SELECT r.status, r.id FROM ${ROOT_RUNS} ORDER BY r.ordinal DESC, r."createdAt" DESC LIMIT 1) newest ON true
LEFT JOIN LATERAL (SELECT json_agg(m.usage ORDER BY m.first) AS models FROM (
  SELECT min(r.ordinal) AS first,
    json_build_object('provider', r."modelProvider", 'modelId', r."modelId", ${USAGE_SUMS}) AS usage
  FROM ${ROOT_RUNS} AND r."modelProvider" IS NOT NULL AND r."modelId" IS NOT NULL
  GROUP BY r."modelProvider", r."modelId") m) by_model ON true`;
