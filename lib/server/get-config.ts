import { SESSION_TABLE } from "#lib/core/agent-response.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ServerConfig } from "#lib/core/server-description.ts";
import { environment } from "#lib/env.ts";
import { databaseId } from "./database-id.ts";
import { listSelectableModels } from "./list-selectable-models.ts";
import { codeAgents } from "./code-agents.ts";
import { vendorsOfModels } from "./vendors-of-models.ts";

/** What a client needs to find its way in this installation. Stored components are listed by GET /agents, not here. */
export async function getConfig(scope: Scope): Promise<ServerConfig> {
  const agents = codeAgents().map(({ definition }) => definition);
  const [models, vendorOf] = await Promise.all([
    listSelectableModels(scope),
    vendorsOfModels(
      scope,
      agents.map(({ model }) => model),
    ),
  ]);
  const id = databaseId();
  return {
    os_id: environment().AGENTOS_ID,
    description: "Gatehouse",
    available_models: models.map((model) => `${model.provider}:${model.id}`),
    os_database: id,
    databases: [id],
    chat: {
      quick_prompts: Object.fromEntries(
        agents.flatMap((agent) =>
          agent.quick_prompts.length === 0 ? [] : [[agent.id, agent.quick_prompts]],
        ),
      ),
    },
    session: { dbs: [{ db_id: id, domain_config: { display_name: id }, tables: [SESSION_TABLE] }] },
    agents: agents.map((agent) => ({
      id: agent.id,
      name: agent.name,
      ...(agent.description === undefined ? {} : { description: agent.description }),
      db_id: id,
      model: { id: agent.model.id, provider: vendorOf(agent.model).provider },
      ...(agent.metadata === undefined ? {} : { metadata: agent.metadata }),
    })),
    teams: [],
    workflows: [],
    interfaces: [],
  };
}
