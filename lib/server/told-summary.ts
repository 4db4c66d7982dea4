import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getSessionSummary } from "#lib/db/session-summaries.ts";

/** The session's summary as its agent is told of it; empty when there is none or the agent is not to know. */
export async function toldSummary(
  scope: Scope,
  definition: Pick<AgentDefinition, "add_session_summary_to_context" | "enable_session_summaries">,
  sessionId: string,
): Promise<string> {
  if (!(definition.add_session_summary_to_context ?? definition.enable_session_summaries)) return "";
  return (await getSessionSummary(scope, sessionId))?.summary ?? "";
}
