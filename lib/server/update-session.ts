import { AppError } from "#lib/core/app-error.ts";
import { narrowScope } from "#lib/core/narrow-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { SessionDetail, UpdateSession } from "#lib/core/session.ts";
import { savedState } from "#lib/core/transient-state.ts";
import { wireTime } from "#lib/core/wire-time.ts";
import { updateSession as updateStoredSession } from "#lib/db/sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";
import { getSessionDetail } from "./get-session-detail.ts";
import type { SessionQuery } from "./session-query.ts";

/** Changes a session's name, state, metadata or summary and returns it. Throws not_found when the caller has none of this id. */
export async function updateSession(
  scope: Scope,
  sessionId: string,
  change: UpdateSession,
  query: SessionQuery,
): Promise<SessionDetail> {
  checkDatabaseQuery(query);
  const updated = await updateStoredSession(narrowScope(scope, query.user_id), sessionId, {
    ...(change.session_name === undefined ? {} : { title: change.session_name }),
    ...(change.session_state === undefined ? {} : { state: savedState(change.session_state) }),
    ...(change.metadata === undefined ? {} : { metadata: change.metadata }),
    ...(change.summary === undefined
      ? {}
      : { summary: { ...change.summary, updated_at: wireTime(new Date()) } }),
  });
  if (updated === null) throw new AppError("not_found", `Session with id '${sessionId}' not found`);
  return getSessionDetail(scope, sessionId, query);
}
