import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { type ApiConnection, apiRequest } from "#lib/client/api-request.ts";

/** Makes a new agent and publishes it. */
export async function createAgent(api: ApiConnection, definition: AgentDefinition): Promise<void> {
  await apiRequest(api, {
    method: "POST",
    path: "/components",
    json: {
      name: definition.name,
      component_id: definition.id,
      component_type: "agent",
      description: definition.description ?? null,
      config: definition,
      stage: "published",
    },
  });
}

/** Publishes the definition as the agent's next version, which new runs use from now on. */
export async function updateAgent(api: ApiConnection, definition: AgentDefinition): Promise<void> {
  const path = `/components/${encodeURIComponent(definition.id)}`;
  await apiRequest(api, {
    method: "POST",
    path: `${path}/configs`,
    json: { config: definition, stage: "published", set_current: true },
  });
  await apiRequest(api, {
    method: "PATCH",
    path,
    json: { name: definition.name, description: definition.description ?? null },
  });
}

/** Deletes the agent with its versions. Its sessions stay. */
export async function deleteAgent(api: ApiConnection, agentId: string): Promise<void> {
  await apiRequest(api, { method: "DELETE", path: `/components/${encodeURIComponent(agentId)}` });
}
