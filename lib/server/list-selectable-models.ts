import { SCRIPTED_MODEL_ID, SCRIPTED_PROVIDER, type SelectableModel } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listModelProviders } from "#lib/db/model-providers.ts";

/** The models that an agent's form offers: the demo model, then the saved ones of each connection switched on. */
export async function listSelectableModels(scope: Scope): Promise<SelectableModel[]> {
  const providers = await listModelProviders(scope);
  const saved = providers
    .filter((provider) => provider.enabled)
    .flatMap(({ id, name, models }) =>
      models.map((model) => ({ provider: id, providerName: name, id: model })),
    );
  return [{ provider: SCRIPTED_PROVIDER, providerName: "Demo model", id: SCRIPTED_MODEL_ID }, ...saved];
}
