import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findStoredAgent } from "#lib/db/stored-agents.ts";
import { agentOfRecord } from "./agent-of-record.ts";
import { codeAgents } from "./code-agents.ts";
import type { ResolvedAgent } from "./resolved-agent.ts";

/**
 * Finds an agent by its id: one in code without reading anything, else the organization's stored one at its current
 * version, or at `version`, drafts included. Throws not_found, and invalid when a stored one no longer fits.
 */
export async function resolveAgent(scope: Scope, agentId: string, version?: number): Promise<ResolvedAgent> {
  const code = codeAgents().find(({ definition }) => definition.id === agentId);
  if (code !== undefined) {
    if (version !== undefined)
      throw new AppError("not_found", "This agent is defined in code: it has no versions");
    return code;
  }
  const record = await findStoredAgent(scope, agentId, version ?? null);
  if (record === null) throw new AppError("not_found", "Agent not found");
  const agent = agentOfRecord(record);
  if (agent === null) {
    throw new AppError(
      "invalid",
      `Version ${record.version} of this agent is incomplete or from another release. Open it in the editor and save it again.`,
    );
  }
  return agent;
}
