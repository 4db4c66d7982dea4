import type { Scope } from "#lib/core/scope.ts";
import {
  type ListedSession,
  listSessions,
  type SessionFilter,
  type SessionPage,
} from "#lib/db/list-sessions.ts";

/** Returns one page of the caller's sessions with the sums over their runs, and how many match in all. */
export function listSessionOverviews(
  scope: Scope,
  filter: SessionFilter,
  page: SessionPage,
): Promise<{ sessions: ListedSession[]; totalCount: number }> {
  return listSessions(scope, filter, page);
}
