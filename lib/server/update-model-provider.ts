import { AppError } from "#lib/core/app-error.ts";
import { type ModelProvider, PROVIDER_KINDS, type UpdateModelProvider } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import {
  type ModelProviderRecord,
  updateModelProvider as storeModelProvider,
} from "#lib/db/model-providers.ts";
import { bodyFieldFailure } from "./body-field-failure.ts";
import { forgetBoundModels } from "./forget-bound-models.ts";
import { keyGoesElsewhere } from "./key-goes-elsewhere.ts";
import { modelProviderOnWire } from "./model-provider-on-wire.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/**
 * Changes a connection; what is absent stays, the key included, and runs that start from now on use the change.
 * Throws `not_found`, `invalid` (a key or an address is missing now, or the key was entered for another server),
 * `conflict` when somebody else changed it meanwhile.
 */
export async function updateModelProvider(
  scope: Scope,
  id: string,
  input: UpdateModelProvider,
): Promise<ModelProvider> {
  const current = await requireModelProvider(scope, id);
  check(current, input);
  const changed = await storeModelProvider(scope, id, current.updatedAt, {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.base_url === undefined ? {} : { baseUrl: input.base_url }),
    ...(input.api_key === undefined ? {} : { apiKey: input.api_key }),
    ...(input.models === undefined ? {} : { models: [...new Set(input.models)] }),
    ...(input.enabled === undefined ? {} : { enabled: input.enabled }),
  });
  forgetBoundModels();
  if (changed === null) {
    throw new AppError(
      "conflict",
      "Somebody else changed this connection meanwhile. Reload it and try again.",
    );
  }
  return modelProviderOnWire(changed);
}

function check(current: ModelProviderRecord, input: UpdateModelProvider): void {
  const kind = PROVIDER_KINDS.find((entry) => entry.kind === current.kind);
  if (input.base_url === null && kind?.defaultBaseUrl === null)
    throw bodyFieldFailure("base_url", "Give the server's address.");
  if (input.api_key === null && kind?.needsKey === true) {
    throw bodyFieldFailure(
      "api_key",
      `${kind.label} needs a key. Enter a new one, or switch the connection off.`,
    );
  }
  if (input.base_url === undefined || input.api_key !== undefined || !current.hasKey) return;
  if (keyGoesElsewhere(current, { kind: current.kind, baseUrl: input.base_url })) {
    throw bodyFieldFailure("api_key", "Enter the key again: the saved one was given for another address.");
  }
}
