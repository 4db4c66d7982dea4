import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findModelProvider, readModelProviderKey } from "#lib/db/model-providers.ts";
import { moderateContent } from "#lib/models/moderate-content.ts";
import type { CheckPorts } from "#lib/runtime/ports.ts";

/**
 * Asks one of the organization's connections what it has against a text and images. Throws AppError when the connection
 * is gone or switched off, has no moderation, or cannot be reached.
 */
export async function moderate(
  scope: Scope,
  { model, text, images, signal }: Parameters<CheckPorts["moderate"]>[0],
): Promise<string[]> {
  const provider = await findModelProvider(scope, model.provider);
  if (provider === null || !provider.enabled) {
    throw new AppError("conflict", `There is no model connection '${model.provider}' that is switched on.`);
  }
  const { kind, baseUrl } = provider;
  const apiKey = provider.hasKey ? await readModelProviderKey(scope, provider.id) : null;
  return moderateContent({ kind, baseUrl, apiKey }, { modelId: model.id, text, images, signal });
}
