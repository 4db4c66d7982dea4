import type { Scope } from "#lib/core/scope.ts";
import { readModelProviderKey } from "#lib/db/model-providers.ts";
import { listRemoteModels } from "#lib/models/list-remote-models.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/** The model ids that a connection's server offers now, sorted. Throws `not_found`, or `upstream_failed` with why. */
export async function listProviderModels(scope: Scope, id: string): Promise<string[]> {
  const { kind, baseUrl } = await requireModelProvider(scope, id);
  return listRemoteModels({ kind, baseUrl, apiKey: await readModelProviderKey(scope, id) });
}
