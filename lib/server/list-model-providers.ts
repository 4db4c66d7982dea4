import type { ModelProvider } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listModelProviders as readModelProviders } from "#lib/db/model-providers.ts";
import { modelProviderOnWire } from "./model-provider-on-wire.ts";

/** The organization's model connections by name, without their keys. */
export async function listModelProviders(scope: Scope): Promise<ModelProvider[]> {
  return (await readModelProviders(scope)).map(modelProviderOnWire);
}
