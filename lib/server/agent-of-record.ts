import { agentDefinitionSchema } from "#lib/core/agent-definition.ts";
import type { StoredAgentRecord } from "#lib/db/stored-agents.ts";
import type { ResolvedAgent } from "./resolved-agent.ts";

/** A stored row as an agent; null when its config is no whole definition. */
export function agentOfRecord(record: StoredAgentRecord): ResolvedAgent | null {
  const parsed = agentDefinitionSchema.safeParse({ ...record.config, id: record.id, name: record.name });
  if (!parsed.success) return null;
  const definition = { ...parsed.data, description: record.description ?? undefined };
  const { version, stage, updatedAt } = record;
  return { definition, source: "stored", version, stage, updatedAt };
}
