import type { JsonObject } from "../core/json.ts";
import type { Scope } from "../core/scope.ts";
import { database } from "./database.ts";
import {
  FIRST_QUESTION,
  OVERVIEW_COLUMNS,
  OVERVIEW_JOINS,
  type SessionOverview,
  type SessionRecord,
} from "./session-row.ts";

/** Which sessions a list shows. `nameContains` looks at the title, or at the first question where there is none. */
export interface SessionFilter {
  componentType?: SessionRecord["componentType"];
  componentId?: string;
  /** For administrators: only this subject's sessions. */
  subject?: string;
  nameContains?: string;
}

/** One page of sessions and its order; `offset` counts rows from the first. */
export interface SessionPage {
  sortBy: "createdAt" | "updatedAt";
  order: "asc" | "desc";
  limit: number;
  offset: number;
}

/** A session in a list. State and metadata are null where those before it on the page are large enough. */
export interface ListedSession extends Omit<SessionOverview, "state"> {
  state: JsonObject | null;
}

/** Bytes, as the database keeps them, of the states and metadata on one page. */
const MOST_STATE_BYTES = 4_000_000;

/** Lists the caller's sessions with the sums over their runs, and how many match in all, in one query. */
export async function listSessions(
  scope: Scope,
  filter: SessionFilter,
  page: SessionPage,
): Promise<{ sessions: ListedSession[]; totalCount: number }> {
  const values: unknown[] = [scope.organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [`s."organizationId" = $1`];
  if (scope.subject !== null) conditions.push(`s.subject = ${bind(scope.subject)}`);
  if (filter.subject !== undefined) conditions.push(`s.subject = ${bind(filter.subject)}`);
  if (filter.componentType !== undefined)
    conditions.push(`s."componentType" = ${bind(filter.componentType)}`);
  if (filter.componentId !== undefined) conditions.push(`s."componentId" = ${bind(filter.componentId)}`);
  if (filter.nameContains !== undefined) {
    const pattern = `%${filter.nameContains.replaceAll(/[\\%_]/g, "\\$&")}%`;
    conditions.push(`COALESCE(s.title, ${FIRST_QUESTION}, '') ILIKE ${bind(pattern)}`);
  }
  const where = conditions.join(" AND ");
  const direction = page.order === "asc" ? "ASC" : "DESC";
  const order = `s."${page.sortBy}" ${direction}, s.id ${direction}`;
  // The count comes even when the page lies behind the last row, and the sums are made for the page's rows only.
  const { rows } = await database().pool.query<
    { totalCount: number; place: string } & (ListedSession | { id: null })
  >(
    `SELECT matching.count AS "totalCount", listed.*
     FROM (SELECT count(*)::int FROM "Session" s WHERE ${where}) matching
     LEFT JOIN (
       SELECT ${OVERVIEW_COLUMNS}, row_number() OVER (ORDER BY ${order}) AS place
       FROM (SELECT "organizationId", id, subject, "componentType", "componentId", title, summary, "summaryUsage",
           "createdAt", "updatedAt",
           CASE WHEN size <= ${MOST_STATE_BYTES} THEN state END AS state,
           CASE WHEN size <= ${MOST_STATE_BYTES} THEN metadata END AS metadata
         FROM (SELECT *, sum(pg_column_size(state) + COALESCE(pg_column_size(metadata), 0)) OVER (ORDER BY ${order})
             AS size
           FROM (SELECT * FROM "Session" s WHERE ${where} ORDER BY ${order} LIMIT ${bind(page.limit)}
             OFFSET ${bind(page.offset)}) s) s) s ${OVERVIEW_JOINS}) listed ON true
     ORDER BY listed.place`,
    values,
  );
  const sessions = rows.flatMap((row) => {
    if (row.id === null) return [];
    const { totalCount: _totalCount, place: _place, ...session } = row;
    return [session];
  });
  return { sessions, totalCount: rows[0]?.totalCount ?? 0 };
}
