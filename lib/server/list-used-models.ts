import type { Scope } from "#lib/core/scope.ts";
import type { UsedModel } from "#lib/core/server-description.ts";
import { listAgents } from "./list-agents.ts";
import { vendorsOfModels } from "./vendors-of-models.ts";

/** The models that the organization's agents think with, each once. */
export async function listUsedModels(scope: Scope): Promise<UsedModel[]> {
  const references = (await listAgents(scope)).map(({ definition }) => definition.model);
  const vendorOf = await vendorsOfModels(scope, references);
  const models = references.map((model) => ({ id: model.id, provider: vendorOf(model).provider }));
  return [...new Map(models.map((model) => [`${model.provider}:${model.id}`, model])).values()];
}
