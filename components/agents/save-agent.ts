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

/**
 * Publishes the definition as the agent's next version, which new runs use from now on. Refused with 409 when somebody
 * else has published after `readVersion`.
 */
export async function updateAgent(
  api: ApiConnection,
  definition: AgentDefinition,
  readVersion: number | null,
): Promise<void> {
  await apiRequest(api, {
    method: "POST",
    path: `/components/${encodeURIComponent(definition.id)}/configs`,
    json: {
      config: definition,
      stage: "published",
      set_current: true,
      ...(readVersion === null ? {} : { expected_version: readVersion }),
    },
  });
}

/** Deletes the agent with its versions. Its sessions stay. */
export async function deleteAgent(api: ApiConnection, agentId: string): Promise<void> {
  await apiRequest(api, { method: "DELETE", path: `/components/${encodeURIComponent(agentId)}` });
}
