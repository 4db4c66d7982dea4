import { can } from "#lib/auth/can.ts";
import type { AgentResponse } from "#lib/core/agent-response.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { describeAgents } from "./describe-agents.ts";
import { listAgents } from "./list-agents.ts";

const AGENTS_READ = { scope: "agents:read", resourceParam: "agent_id" };

/** The agents that the caller may read, described. Throws forbidden when that is none of them. */
export async function listReadableAgents(principal: Principal): Promise<AgentResponse[]> {
  const scope = scopeOf(principal);
  const readable = (await listAgents(scope)).filter(({ definition }) =>
    can(principal, AGENTS_READ, { agent_id: definition.id }),
  );
  if (readable.length === 0) {
    throw new AppError("forbidden", "Insufficient permissions. Required scope(s): agents:read");
  }
  return describeAgents(scope, readable);
}
