import { z } from "zod";
import { type AgentResponse, agentResponse, type ToolDescription } from "#lib/core/agent-response.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { Tool } from "#lib/core/tool.ts";
import { databaseId } from "./database-id.ts";
import type { ResolvedAgent } from "./resolved-agent.ts";
import { toolsOf } from "./tools-of.ts";
import { vendorsOfModels } from "./vendors-of-models.ts";

/** Describes agents in the wire's words, in their order, with their tools' schemas and their models' vendors. */
export async function describeAgents(
  scope: Scope,
  agents: readonly ResolvedAgent[],
): Promise<AgentResponse[]> {
  const vendorOf = await vendorsOfModels(
    scope,
    agents.map(({ definition }) => definition.model),
  );
  return agents.map(({ definition, version, stage }) =>
    agentResponse({
      definition,
      version,
      stage,
      model: vendorOf(definition.model),
      tools: toolsOf(definition).map(describeTool),
      databaseId: databaseId(),
    }),
  );
}

function describeTool(tool: Tool): ToolDescription {
  const { $schema: _dialect, ...parameters } = z.toJSONSchema(tool.input, {
    io: "input",
    unrepresentable: "any",
  });
  const { hold, approval } = tool;
  return {
    name: tool.name,
    description: tool.description,
    parameters: parameters as JsonObject,
    ...(hold?.kind === "confirmation" ? { requires_confirmation: true } : {}),
    ...(hold?.kind === "user_input" ? { requires_user_input: true } : {}),
    ...(hold?.kind === "external_execution" ? { external_execution: true } : {}),
    ...(approval === undefined ? {} : { approval_type: approval }),
  };
}
