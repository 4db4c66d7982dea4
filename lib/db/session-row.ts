import type { RunIdentity } from "../core/journal.ts";
import type { JsonObject } from "../core/json.ts";
import type { ModelRole } from "../core/model-role.ts";
import type { TokenUsage } from "../core/run-metrics.ts";
import type { RunStatus } from "../core/run-status.ts";
import type { SessionSummaryText } from "../core/session-summary.ts";
import { supersededSql } from "./superseded-sql.ts";
import { USAGE_ROW_COLUMNS } from "./usage-row.ts";

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
  /** What it was about so far; null until somebody has summed it up. */
  summary: SessionSummaryText | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What the session used of one model in one role. */
export interface SessionModelUsage extends TokenUsage {
  role: ModelRole;
  provider: string;
  modelId: string;
}

/** A session with the sums over its root runs and over what its summaries cost. */
export interface SessionOverview extends SessionRecord {
  /** The title, else the beginning of the first question, else empty. */
  name: string;
  runCount: number;
  /** Of the newest run that stands: of its answer, not of an attempt at another that failed. Null before the first. */
  lastStatus: RunStatus | null;
  lastRunId: string | null;
  usage: TokenUsage;
  /** Millionths of a US dollar over the runs whose model has a known price; null when none has. */
  costMicroUsd: number | null;
  models: SessionModelUsage[];
}

/** The columns of a SessionRecord, for a query whose "Session" is called s. */
export const SESSION_COLUMNS = `s."organizationId", s.id, s.subject, s."componentType", s."componentId", s.title,
  s.state, s.metadata, s.summary, s."createdAt", s."updatedAt"`;

/** The beginning of the first question of the session called s. */
export const FIRST_QUESTION = `(SELECT r."inputPreview" FROM "Run" r WHERE r."organizationId" = s."organizationId"
  AND r."sessionId" = s.id ORDER BY r.ordinal LIMIT 1)`;

const TOKENS = ["input", "output", "total", "reasoning", "cacheRead", "cacheWrite"].map(
  (kind) => `${kind}Tokens`,
);
const USAGE_SUMS = TOKENS.map((column) => `'${column}', COALESCE(sum(u."${column}"), 0)`).join(", ");
const tokensOf = (table: string) => TOKENS.map((column) => `${table}."${column}"`).join(", ");

/** The columns of a SessionOverview, for a query with "Session" s and OVERVIEW_JOINS. */
export const OVERVIEW_COLUMNS = `${SESSION_COLUMNS}, COALESCE(s.title, ${FIRST_QUESTION}, '') AS name,
  totals."runCount", totals.usage, totals."costMicroUsd", newest.status AS "lastStatus", newest.id AS "lastRunId",
  COALESCE(by_model.models, '[]') AS models`;

const ROOT_RUNS = `"Run" r WHERE r."organizationId" = s."organizationId" AND r."sessionId" = s.id
  AND r."parentRunId" IS NULL`;

/** What the summaries of session s cost, by model. */
const SUMMARIES = `jsonb_to_recordset(COALESCE(s."summaryUsage", '[]')) AS x(${USAGE_ROW_COLUMNS})`;

// A run whose row has no such list used its own model for its own turns.
const USAGES = `SELECT r.ordinal, 'model' AS role, r."modelProvider" AS provider, r."modelId" AS id, ${tokensOf("r")}
    FROM ${ROOT_RUNS} AND r."modelUsage" IS NULL AND r."modelProvider" IS NOT NULL AND r."modelId" IS NOT NULL
  UNION ALL SELECT r.ordinal, x.role, x.provider, x.id, ${tokensOf("x")}
    FROM "Run" r CROSS JOIN LATERAL jsonb_to_recordset(r."modelUsage") AS x(${USAGE_ROW_COLUMNS})
    WHERE r."organizationId" = s."organizationId" AND r."sessionId" = s.id AND r."parentRunId" IS NULL
      AND r."modelUsage" IS NOT NULL
  UNION ALL SELECT NULL, x.role, x.provider, x.id, ${tokensOf("x")} FROM ${SUMMARIES}`;

/** The sums over the root runs of each session s and its summaries; no payload column is read. */
export const OVERVIEW_JOINS = `
CROSS JOIN LATERAL (SELECT count(u.id)::int AS "runCount", json_build_object(${USAGE_SUMS}) AS usage,
  sum(u."costMicroUsd")::float8 AS "costMicroUsd" FROM (
    SELECT r.id, ${tokensOf("r")}, r."costMicroUsd" FROM ${ROOT_RUNS}
    UNION ALL SELECT NULL, ${tokensOf("x")}, x."costMicroUsd" FROM ${SUMMARIES}) u) totals
LEFT JOIN LATERAL (SELECT r.status, r.id FROM ${ROOT_RUNS} AND NOT ${supersededSql("r")}
  ORDER BY r.ordinal DESC, r."createdAt" DESC LIMIT 1) newest ON true
LEFT JOIN LATERAL (SELECT json_agg(m.usage ORDER BY m.first) AS models FROM (
  SELECT min(u.ordinal) AS first,
    json_build_object('role', u.role, 'provider', u.provider, 'modelId', u.id, ${USAGE_SUMS}) AS usage
  FROM (${USAGES}) u GROUP BY u.role, u.provider, u.id) m) by_model ON true`;
