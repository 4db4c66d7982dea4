import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";

/** Sums over the runs that were created in a span of time. Member and step runs count with their root. */
export interface RunStatistics {
  runs: number;
  running: number;
  completed: number;
  failed: number;
  cancelled: number;
  totalTokens: number;
  /** Millionths of a US dollar, over the runs whose model has a known price. */
  costMicroUsd: number;
  /** Runs that used tokens of a model without a known price. */
  unpricedRuns: number;
  /** Median and 95th percentile of finished runs in milliseconds; null when none has finished. */
  durationP50Ms: number | null;
  durationP95Ms: number | null;
}

/** How many root runs of each outcome were created in one hour. */
export interface HourOfRuns {
  /** Whole hours since the epoch. */
  hour: number;
  completed: number;
  failed: number;
  cancelled: number;
  /** Not finished: running, waiting or paused. */
  open: number;
}

const IN_SPAN = `FROM "Run" r WHERE r."organizationId" = $1 AND ($2::text IS NULL OR r.subject = $2)
     AND r."createdAt" >= $3 AND r."createdAt" < $4 AND r."parentRunId" IS NULL`;
const COUNTS = `count(*) FILTER (WHERE r.status = 'COMPLETED')::int AS completed,
     count(*) FILTER (WHERE r.status = 'ERROR')::int AS failed,
     count(*) FILTER (WHERE r.status IN ('CANCELLED', 'REGENERATED'))::int AS cancelled`;

/** Sums the caller's runs created from `from` until before `until`. */
export async function readRunStatistics(
  scope: Scope,
  span: { from: Date; until: Date },
): Promise<RunStatistics> {
  const { rows } = await database().pool.query<RunStatistics>(
    `SELECT count(*)::int AS runs, ${COUNTS},
       count(*) FILTER (WHERE r.status = 'RUNNING')::int AS running,
       coalesce(sum(r."totalTokens"), 0)::float8 AS "totalTokens",
       coalesce(sum(r."costMicroUsd"), 0)::float8 AS "costMicroUsd",
       count(*) FILTER (WHERE r."costMicroUsd" IS NULL AND r."totalTokens" > 0)::int AS "unpricedRuns",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY r."durationMs") AS "durationP50Ms",
       percentile_cont(0.95) WITHIN GROUP (ORDER BY r."durationMs") AS "durationP95Ms"
     ${IN_SPAN}`,
    [scope.organizationId, scope.subject, span.from, span.until],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("An aggregate without groups answers one row.");
  return row;
}

/** Counts the caller's runs by the hour of their creation, oldest first; hours without runs are left out. */
export async function readRunsByHour(scope: Scope, span: { from: Date; until: Date }): Promise<HourOfRuns[]> {
  const { rows } = await database().pool.query<HourOfRuns>(
    `SELECT floor(extract(epoch FROM r."createdAt") / 3600)::int AS hour, ${COUNTS},
       count(*) FILTER (WHERE r.status IN ('PENDING', 'RUNNING', 'PAUSED'))::int AS open
     ${IN_SPAN} GROUP BY 1 ORDER BY 1`,
    [scope.organizationId, scope.subject, span.from, span.until],
  );
  return rows;
}
