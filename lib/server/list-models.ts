import type { ModelInUse } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listModelProviders } from "#lib/db/model-providers.ts";
import { listAgents } from "./list-agents.ts";
import { vendorName } from "./vendor-name.ts";

/** The models that the organization's agents think with, each once, in the order of the agents. */
export async function listModels(scope: Scope): Promise<ModelInUse[]> {
  const [agents, providers] = await Promise.all([listAgents(scope), listModelProviders(scope)]);
  const nameById = new Map(providers.map((provider) => [provider.id, vendorName(provider)]));
  const models = new Map<string, ModelInUse>();
  for (const { definition } of agents) {
    const { id, provider } = definition.model;
    const model = { id, provider: nameById.get(provider) ?? provider };
    models.set(JSON.stringify(model), model);
  }
  return [...models.values()];
}
