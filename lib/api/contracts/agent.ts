import { z } from "zod";
import { componentIdSchema } from "#lib/core/agent-definition.ts";
import { agentResponseSchema } from "#lib/core/agent-response.ts";
import { defineContract } from "../contract.ts";

const tag = "Agents";

/** The agents that the caller may read. Any caller may ask: the list holds what their scopes allow. */
export const listAgentsContract = defineContract({
  method: "GET",
  path: "/agents",
  operationId: "list_agents",
  tag,
  summary: "List agents: those in code first, then the stored ones",
  scope: "authenticated",
  params: z.object({}),
  query: z.object({}),
  body: { kind: "none" },
  responses: {
    200: { description: "Agents that the caller may read", schema: z.array(agentResponseSchema) },
  },
});

/** One agent. */
export const getAgentContract = defineContract({
  method: "GET",
  path: "/agents/{agent_id}",
  operationId: "get_agent",
  tag,
  summary: "Get an agent",
  scope: { scope: "agents:read", resourceParam: "agent_id" },
  params: z.object({ agent_id: componentIdSchema }),
  query: z.object({}),
  body: { kind: "none" },
  responses: { 200: { description: "The agent", schema: agentResponseSchema } },
});
