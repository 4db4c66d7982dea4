import type { ModelProvider } from "#lib/core/model-provider.ts";
import { isAdministrator, type Principal, scopeOf } from "#lib/core/principal.ts";
import { listModelProviders as readModelProviders } from "#lib/db/model-providers.ts";
import { modelProviderOnWire } from "./model-provider-on-wire.ts";

/** The organization's model connections by name, without their keys; addresses are shown to administrators only. */
export async function listModelProviders(principal: Principal): Promise<ModelProvider[]> {
  const records = await readModelProviders(scopeOf(principal));
  return records.map((record) => modelProviderOnWire(record, isAdministrator(principal)));
}
