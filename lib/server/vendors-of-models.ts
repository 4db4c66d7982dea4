import type { ModelReference } from "#lib/core/model-reference.ts";
import { SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listModelProviders } from "#lib/db/model-providers.ts";
import { vendorName } from "./vendor-name.ts";

/** How the wire names a model's maker: `name` is the kind of client, `provider` the vendor. */
interface Vendor {
  name: string;
  provider: string;
}

/**
 * Returns what tells the vendor of each of these models. Connections are read only when one of the models needs one;
 * a connection that is gone keeps its id as its name.
 */
export async function vendorsOfModels(
  scope: Scope,
  models: readonly ModelReference[],
): Promise<(model: ModelReference) => Vendor> {
  const needed = models.some(({ provider }) => provider !== SCRIPTED_PROVIDER);
  const providers = new Map(
    (needed ? await listModelProviders(scope) : []).map((provider) => [provider.id, provider]),
  );
  return ({ provider: id }) => {
    const provider = providers.get(id);
    if (provider === undefined) return { name: id, provider: id };
    return { name: provider.kind, provider: vendorName(provider) };
  };
}
