import { pageMeta } from "#lib/core/page.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ComponentType, SessionSummary } from "#lib/core/session.ts";
import { listSessions as listStoredSessions } from "#lib/db/list-sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";
import { sessionSummary } from "./session-summary.ts";

/** The wire's query of a session list. */
export interface ListSessionsQuery {
  type?: ComponentType;
  component_id?: string;
  user_id?: string;
  session_name?: string;
  limit: number;
  page: number;
  sort_by: "created_at" | "updated_at";
  sort_order: "asc" | "desc";
  db_id?: string;
  table?: string;
}

/** Returns one page of the caller's sessions. A caller bound to a subject gets only that subject's, whatever it asks. */
export async function listSessions(
  scope: Scope,
  query: ListSessionsQuery,
): Promise<{ data: SessionSummary[]; meta: ReturnType<typeof pageMeta> }> {
  checkDatabaseQuery(query);
  const began = performance.now();
  const page = Math.max(1, query.page);
  const { sessions, totalCount } = await listStoredSessions(
    scope,
    {
      componentType: query.type,
      componentId: query.component_id,
      subject: scope.subject === null ? query.user_id : undefined,
      nameContains: query.session_name,
    },
    {
      sortBy: query.sort_by === "created_at" ? "createdAt" : "updatedAt",
      order: query.sort_order,
      limit: query.limit,
      offset: (page - 1) * query.limit,
    },
  );
  const searchTimeMs = Math.round((performance.now() - began) * 100) / 100;
  return {
    data: sessions.map(sessionSummary),
    meta: pageMeta({ page, limit: query.limit, totalCount, searchTimeMs }),
  };
}
