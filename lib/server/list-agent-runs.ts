import { AppError } from "#lib/core/app-error.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import type { RunDetail } from "#lib/core/run-wire.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getSession } from "#lib/db/sessions.ts";
import { readSessionRuns } from "./read-session-runs.ts";

/** The runs of an agent in one of the caller's sessions, oldest first. Throws not_found without such a session. */
export async function listAgentRuns(
  scope: Scope,
  query: { agentId: string; sessionId: string; status?: RunStatus },
): Promise<RunDetail[]> {
  const session = await getSession(scope, query.sessionId);
  if (session === null) throw new AppError("not_found", "Session not found");
  return readSessionRuns(scope, session, { componentId: query.agentId, status: query.status });
}
