import type { Scope } from "#lib/core/scope.ts";
import type { SessionOverview } from "#lib/db/session-row.ts";
import { getSession } from "#lib/db/sessions.ts";

/** Returns the session with the sums over its runs, or null when the caller has none of this id. */
export function getSessionOverview(scope: Scope, sessionId: string): Promise<SessionOverview | null> {
  return getSession(scope, sessionId);
}
