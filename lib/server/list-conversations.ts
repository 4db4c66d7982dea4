import { isFinished } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listSessions } from "#lib/db/list-sessions.ts";

/** A conversation in the chat page's list. */
export interface ConversationListItem {
  sessionId: string;
  agentId: string;
  title: string;
  updatedAtMs: number;
  running: boolean;
  /** Its run waits for people. */
  waiting: boolean;
  /** Its last run has failed. */
  failed: boolean;
}

/** Lists the newest conversations with agents; `subject` narrows an administrator's view to their own. */
export async function listConversations(
  scope: Scope,
  options: { subject: string | null; limit: number },
): Promise<ConversationListItem[]> {
  const { sessions } = await listSessions(
    scope,
    { componentType: "agent", ...(options.subject === null ? {} : { subject: options.subject }) },
    { sortBy: "updatedAt", order: "desc", limit: options.limit, offset: 0 },
  );
  return sessions.map((session) => ({
    sessionId: session.id,
    agentId: session.componentId,
    title: session.name === "" ? "Untitled" : session.name,
    updatedAtMs: session.updatedAt.getTime(),
    running:
      session.lastStatus !== null && session.lastStatus !== "PAUSED" && !isFinished(session.lastStatus),
    waiting: session.lastStatus === "PAUSED",
    failed: session.lastStatus === "ERROR",
  }));
}
