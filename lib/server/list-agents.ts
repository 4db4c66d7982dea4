import type { Scope } from "#lib/core/scope.ts";
import { listStoredAgents } from "#lib/db/stored-agents.ts";
import { agentOfRecord } from "./agent-of-record.ts";
import { codeAgents } from "./code-agents.ts";
import { log } from "./log.ts";
import type { ResolvedAgent } from "./resolved-agent.ts";

/**
 * The agents of an organization: those in code first, then the stored ones that have a current version, newest first.
 * A stored one that no longer fits is left out, with a line in the log.
 */
export async function listAgents(scope: Scope): Promise<ResolvedAgent[]> {
  const stored = (await listStoredAgents(scope)).flatMap((record) => {
    const agent = agentOfRecord(record);
    if (agent === null) {
      log("error", "A stored agent is left out: its config is no whole definition", {
        organizationId: scope.organizationId,
        agentId: record.id,
        version: record.version,
      });
    }
    return agent ?? [];
  });
  return [...codeAgents(), ...stored];
}
