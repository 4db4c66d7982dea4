import { AppError } from "#lib/core/app-error.ts";
import type { RunDetail } from "#lib/core/run-wire.ts";
import { narrowScope } from "#lib/core/narrow-scope.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getSession } from "#lib/db/sessions.ts";
import { checkDatabaseQuery } from "./check-database-query.ts";
import { readRunDetail } from "./read-session-runs.ts";
import type { SessionQuery } from "./session-query.ts";

/** One run of one of the caller's sessions. Throws not_found without such a session or run. */
export async function getSessionRun(
  callerScope: Scope,
  sessionId: string,
  runId: string,
  query: SessionQuery,
): Promise<RunDetail> {
  checkDatabaseQuery(query);
  const scope = narrowScope(callerScope, query.user_id);
  const session = await getSession(scope, sessionId);
  if (session === null) throw new AppError("not_found", `Session with ID ${sessionId} not found`);
  if (session.runCount === 0) {
    throw new AppError("not_found", `Session with ID ${sessionId} has no runs`);
  }
  const run = await readRunDetail(scope, runId, session);
  if (run === null) {
    throw new AppError("not_found", `Run with ID ${runId} not found in session ${sessionId}`);
  }
  return run;
}
