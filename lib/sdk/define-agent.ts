import type { z } from "zod";
import { type AgentDefinition, agentDefinitionSchema } from "#lib/core/agent-definition.ts";
import type { ResolveDependencies } from "#lib/core/dependency-context.ts";

/** What of an agent is code. */
interface AgentCode {
  /**
   * Called once at the start of each run, for at most 10 seconds. What it gives stands over the definition's `dependencies`
   * and over what the caller of the API has sent: nobody can give a run another value for its names.
   */
  resolveDependencies?: ResolveDependencies;
}

/** An agent that lives in code. */
export interface CodeAgent extends AgentCode {
  type: "agent";
  definition: AgentDefinition;
}

/** Checks an agent's definition and fills in what it leaves out. Throws a ZodError that names the field at fault. */
export function defineAgent(
  definition: z.input<typeof agentDefinitionSchema>,
  code: AgentCode = {},
): CodeAgent {
  return { type: "agent", definition: agentDefinitionSchema.parse(definition), ...code };
}
