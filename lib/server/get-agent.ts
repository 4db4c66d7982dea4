import type { AgentResponse } from "#lib/core/agent-response.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { describeAgents } from "./describe-agents.ts";
import { resolveAgent } from "./resolve-agent.ts";

/** One agent, described. Throws not_found, and invalid when a stored one no longer fits. */
export async function getAgent(scope: Scope, agentId: string): Promise<AgentResponse> {
  const [described] = await describeAgents(scope, [await resolveAgent(scope, agentId)]);
  if (described === undefined) throw new AppError("not_found", "Agent not found");
  return described;
}
