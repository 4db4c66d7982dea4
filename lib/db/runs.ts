import type { RunStatus } from "../core/run-status.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import { supersededSql } from "./superseded-sql.ts";
import { RUN_RECORD_COLUMNS, RUN_SUMMARY_COLUMNS, type RunRecord, type RunSummary } from "./run-row.ts";

/** Returns the whole run, or null when the caller has none of this id. */
export async function getRun(scope: Scope, runId: string): Promise<RunRecord | null> {
  return (await selectRun<RunRecord>(RUN_RECORD_COLUMNS, scope, runId)) ?? null;
}

/** Returns the run without its payloads, or null when the caller has none of this id. */
export async function getRunSummary(scope: Scope, runId: string): Promise<RunSummary | null> {
  return (await selectRun<RunSummary>(RUN_SUMMARY_COLUMNS, scope, runId)) ?? null;
}

/** Returns the run's status, or null when the caller has no run of this id. */
export async function getRunStatus(scope: Scope, runId: string): Promise<RunStatus | null> {
  return (await selectRun<{ status: RunStatus }>("r.status", scope, runId))?.status ?? null;
}

/** Returns where the run's journal ends and the run's status, or null when the caller has no run of this id. */
export async function getRunPosition(
  scope: Scope,
  runId: string,
): Promise<{ index: number; status: RunStatus } | null> {
  return (
    (await selectRun<{ index: number; status: RunStatus }>(
      `r."nextIndex" - 1 AS index, r.status`,
      scope,
      runId,
    )) ?? null
  );
}

/** Returns those of the runs that the caller has, oldest first. */
export async function listRunsByIds(scope: Scope, runIds: readonly string[]): Promise<RunSummary[]> {
  const { rows } = await database().pool.query<RunSummary>(
    `SELECT ${RUN_SUMMARY_COLUMNS} FROM "Run" r
     WHERE r."organizationId" = $1 AND r.id = ANY($2::text[]) AND ($3::text IS NULL OR r.subject = $3)
     ORDER BY r.ordinal`,
    [scope.organizationId, runIds, scope.subject],
  );
  return rows;
}

/** Which runs a list shows. Runs inside another run's tree appear only with `members`. */
export interface RunFilter {
  sessionId?: string;
  componentId?: string;
  status?: RunStatus;
  /** Only runs that stand before the run of this id, or before the one that it was forked from. */
  before?: string;
  members?: boolean;
  /** Only runs that later ones are told of: they have ended, of themselves or because somebody stopped them. */
  told?: boolean;
  /** Leaves out the runs that another answer has replaced, and attempts at one that did not come to their end. */
  standing?: boolean;
  createdAfter?: Date;
  createdBefore?: Date;
}

/** One page of a list; `offset` counts rows from the first. */
export interface RunPage {
  order: "oldest_first" | "newest_first";
  limit: number;
  offset: number;
}

/** A page of the caller's runs. Reads no payload, and counts nothing: a count takes the longer the more runs there are. */
export async function readRunPage(scope: Scope, filter: RunFilter, page: RunPage): Promise<RunSummary[]> {
  const { where, values } = filterSql(scope, filter);
  const direction = page.order === "oldest_first" ? "ASC" : "DESC";
  const { rows } = await database().pool.query<RunSummary>(
    `SELECT ${RUN_SUMMARY_COLUMNS} FROM "Run" r WHERE ${where}
     ORDER BY r.ordinal ${direction}, r."createdAt" ${direction}, r.id LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    [...values, page.limit, page.offset],
  );
  return rows;
}

/** Lists the caller's runs, and how many the filter matches in all. Reads no payload. */
export async function listRuns(
  scope: Scope,
  filter: RunFilter,
  page: RunPage,
): Promise<{ runs: RunSummary[]; totalCount: number }> {
  const { where, values } = filterSql(scope, filter);
  const [runs, counted] = await Promise.all([
    readRunPage(scope, filter, page),
    database().pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "Run" r WHERE ${where}`,
      values,
    ),
  ]);
  return { runs, totalCount: counted.rows[0]?.count ?? 0 };
}

async function selectRun<T extends object>(
  columns: string,
  scope: Scope,
  runId: string,
): Promise<T | undefined> {
  const { rows } = await database().pool.query<T>(
    `SELECT ${columns} FROM "Run" r
     WHERE r."organizationId" = $1 AND r.id = $2 AND ($3::text IS NULL OR r.subject = $3)`,
    [scope.organizationId, runId, scope.subject],
  );
  return rows[0];
}

function filterSql(scope: Scope, filter: RunFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [scope.organizationId];
  const conditions = [`r."organizationId" = $1`];
  const add = (condition: string, value: unknown) => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`${condition} $${values.length}`);
  };
  add("r.subject =", scope.subject);
  add(`r."sessionId" =`, filter.sessionId);
  add(`r."componentId" =`, filter.componentId);
  add("r.status =", filter.status);
  if (filter.before !== undefined) {
    values.push(filter.before);
    conditions.push(`r.ordinal < (
      WITH RECURSIVE line AS (
        SELECT b.ordinal, b."forkedFromRunId", b."sessionId" FROM "Run" b
        WHERE b."organizationId" = $1 AND b.id = $${values.length}
        UNION ALL
        SELECT b.ordinal, b."forkedFromRunId", b."sessionId" FROM line JOIN "Run" b
          ON b."organizationId" = $1 AND b.id = line."forkedFromRunId" AND b."sessionId" = line."sessionId")
      SELECT min(ordinal) FROM line)`);
  }
  add(`r."createdAt" >=`, filter.createdAfter);
  add(`r."createdAt" <=`, filter.createdBefore);
  if (filter.told === true) conditions.push(`r.status IN ('COMPLETED', 'CANCELLED')`);
  if (filter.standing === true) conditions.push(`r.status <> 'REGENERATED'`);
  if (filter.told === true || filter.standing === true) conditions.push(`NOT ${supersededSql("r")}`);
  if (filter.members !== true) conditions.push(`r."parentRunId" IS NULL`);
  return { where: conditions.join(" AND "), values };
}
