import { AppError } from "#lib/core/app-error.ts";
import { idFromName } from "#lib/core/id-from-name.ts";
import { type CreateModelProvider, type ModelProvider, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { createModelProvider as storeModelProvider } from "#lib/db/model-providers.ts";
import { modelProviderOnWire } from "./model-provider-on-wire.ts";

/** Saves a connection; its id comes from its name unless given. Throws `conflict` when the id is taken. */
export async function createModelProvider(scope: Scope, input: CreateModelProvider): Promise<ModelProvider> {
  const id = input.id ?? idFromName(input.name, input.kind);
  if (id === SCRIPTED_PROVIDER) {
    throw new AppError("conflict", `The id '${id}' belongs to the built-in demo model. Choose another name.`);
  }
  const record = await storeModelProvider(scope, {
    id,
    kind: input.kind,
    name: input.name,
    baseUrl: input.base_url ?? null,
    apiKey: input.api_key ?? null,
    models: [...new Set(input.models)],
    enabled: input.enabled,
  });
  return modelProviderOnWire(record);
}
