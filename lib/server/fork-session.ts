import { randomUUID } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import { narrowScope } from "#lib/core/narrow-scope.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { SessionFork } from "#lib/core/session.ts";
import { forkSession as forkStoredSession } from "#lib/db/fork-session.ts";

/** Which session of which agent; `userId` is whose, for administrators. */
export interface ForkSessionInput {
  agentId: string;
  sessionId: string;
  userId: string | undefined;
  /** The last run to copy; without it all of them. */
  upToRunId?: string | undefined;
}

/**
 * Copies one of the caller's sessions, with its runs that have ended, into a new one. Throws not_found, bad_request
 * when nothing has ended yet or the last run to copy is none of the session, forbidden for a credential that is bound to one session.
 */
export async function forkSession(
  principal: Principal,
  { agentId, sessionId, userId, upToRunId }: ForkSessionInput,
): Promise<SessionFork> {
  const missing = new AppError("not_found", `Session with id '${sessionId}' not found`);
  if (principal.sessionId !== null) {
    if (principal.sessionId !== sessionId) throw missing;
    throw new AppError("forbidden", "This token works in one session only and cannot open another.");
  }
  const scope = narrowScope(scopeOf(principal), userId);
  const newSessionId = randomUUID();
  const outcome = await forkStoredSession(scope, {
    sessionId,
    componentId: agentId,
    newSessionId,
    upToRunId: upToRunId ?? null,
  });
  if (outcome === null) throw missing;
  if (outcome === "no_such_run") {
    throw new AppError("bad_request", `The session has no run with id '${upToRunId}' to fork up to.`);
  }
  if (outcome === "no_runs") throw new AppError("bad_request", "Source session has no runs to fork.");
  return { session_id: newSessionId, forked_from_session_id: sessionId };
}
