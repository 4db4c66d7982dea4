import { can } from "#lib/auth/can.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "./list-agents.ts";
import { toolRegistry } from "./tool-registry.ts";

/** An agent as a chat needs it. */
export interface ChatAgentItem {
  id: string;
  name: string;
  description: string | null;
  introduction: string | null;
  quickPrompts: readonly string[];
  /** Names of its tools that change something outside. */
  writingTools: readonly string[];
  modelLabel: string;
  scripted: boolean;
  /** What its messages have to fit; null for one that takes text. */
  inputSchema: JsonObject | null;
}

/** The agents that this caller may run, those in code first. */
export async function listChatAgents(principal: Principal): Promise<ChatAgentItem[]> {
  const agents = await listAgents(scopeOf(principal));
  const registry = toolRegistry();
  return agents
    .map((agent) => agent.definition)
    .filter((agent) =>
      can(principal, { scope: "agents:run", resourceParam: "agent_id" }, { agent_id: agent.id }),
    )
    .map((agent) => ({
      id: agent.id,
      name: agent.name,
      description: agent.description ?? null,
      introduction: agent.introduction ?? null,
      quickPrompts: agent.quick_prompts,
      writingTools: agent.tools.filter((name) => registry.get(name)?.effect === "write"),
      modelLabel: `${agent.model.provider}/${agent.model.id}`,
      inputSchema: agent.input_schema ?? null,
      scripted: agent.model.provider === SCRIPTED_PROVIDER,
    }));
}
