import {
  type ConnectionTest,
  PROVIDER_KINDS,
  type TestModelProviderDraft,
} from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readModelProviderKey } from "#lib/db/model-providers.ts";
import { testConnection } from "#lib/models/test-connection.ts";
import { bodyFieldFailure } from "./body-field-failure.ts";
import { keyGoesElsewhere } from "./key-goes-elsewhere.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/**
 * Tries out what a form holds before it is saved. With `provider_id` and no key the saved key is used, for the address
 * that it was entered for only.
 */
export async function testModelProviderDraft(
  scope: Scope,
  draft: TestModelProviderDraft,
): Promise<ConnectionTest> {
  const kind = PROVIDER_KINDS.find((entry) => entry.kind === draft.kind);
  const baseUrl = draft.base_url ?? null;
  if (baseUrl === null && kind?.defaultBaseUrl === null)
    throw bodyFieldFailure("base_url", "Give the server's address.");
  const apiKey = draft.api_key ?? (await savedKey(scope, draft, baseUrl));
  if (apiKey === null && kind?.needsKey === true) {
    throw bodyFieldFailure("api_key", `${kind.label} needs a key. ${kind.keyHelp}`);
  }
  return testConnection({ kind: draft.kind, baseUrl, apiKey }, draft.model ?? null);
}

async function savedKey(
  scope: Scope,
  draft: TestModelProviderDraft,
  baseUrl: string | null,
): Promise<string | null> {
  const id = draft.provider_id ?? null;
  if (id === null) return null;
  const saved = await requireModelProvider(scope, id);
  if (!saved.hasKey) return null;
  if (keyGoesElsewhere(saved, { kind: draft.kind, baseUrl })) {
    throw bodyFieldFailure("api_key", "Enter the key again: the saved one was given for another address.");
  }
  return readModelProviderKey(scope, id);
}
