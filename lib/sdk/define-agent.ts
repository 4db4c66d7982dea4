import type { z } from "zod";
import { type AgentDefinition, agentDefinitionSchema } from "#lib/core/agent-definition.ts";

/** An agent that lives in code. */
export interface CodeAgent {
  type: "agent";
  definition: AgentDefinition;
}

/** Checks an agent's definition and fills in what it leaves out. Throws a ZodError that names the field at fault. */
export function defineAgent(definition: z.input<typeof agentDefinitionSchema>): CodeAgent {
  return { type: "agent", definition: agentDefinitionSchema.parse(definition) };
}
