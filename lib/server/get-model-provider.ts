import type { ModelProvider } from "#lib/core/model-provider.ts";
import { isAdministrator, type Principal, scopeOf } from "#lib/core/principal.ts";
import { modelProviderOnWire } from "./model-provider-on-wire.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/** One model connection without its key; its address is shown to administrators only. Throws `not_found`. */
export async function getModelProvider(principal: Principal, id: string): Promise<ModelProvider> {
  return modelProviderOnWire(await requireModelProvider(scopeOf(principal), id), isAdministrator(principal));
}
