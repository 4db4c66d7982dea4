import { AppError } from "#lib/core/app-error.ts";
import type { RunDetail } from "#lib/core/run-wire.ts";
import { narrowScope } from "#lib/core/narrow-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getSession } from "#lib/db/sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";
import { readSessionRuns } from "./read-session-runs.ts";
import type { SessionQuery } from "./session-query.ts";

/** The runs of one of the caller's sessions, oldest first. Throws not_found without such a session. */
export async function listSessionRuns(
  callerScope: Scope,
  sessionId: string,
  query: SessionQuery & { created_after?: number; created_before?: number },
): Promise<RunDetail[]> {
  checkDatabaseQuery(query);
  const scope = narrowScope(callerScope, query.user_id);
  const session = await getSession(scope, sessionId);
  if (session === null) throw new AppError("not_found", `Session with ID ${sessionId} not found`);
  return readSessionRuns(scope, session, {
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  });
}
