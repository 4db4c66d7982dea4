import type { ModelProvider } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { modelProviderOnWire } from "./model-provider-on-wire.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/** One model connection without its key. Throws `not_found`. */
export async function getModelProvider(scope: Scope, id: string): Promise<ModelProvider> {
  return modelProviderOnWire(await requireModelProvider(scope, id));
}
