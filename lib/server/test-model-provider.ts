import type { ConnectionTest } from "#lib/core/model-provider.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readModelProviderKey, recordModelProviderTest } from "#lib/db/model-providers.ts";
import { testConnection } from "#lib/models/test-connection.ts";
import { requireModelProvider } from "./require-model-provider.ts";

/** Tries a saved connection out and notes the outcome with it. Throws `not_found`. */
export async function testModelProvider(
  scope: Scope,
  id: string,
  model: string | null,
): Promise<ConnectionTest> {
  const { kind, baseUrl, models } = await requireModelProvider(scope, id);
  const apiKey = await readModelProviderKey(scope, id);
  const result = await testConnection({ kind, baseUrl, apiKey }, model ?? models[0] ?? null);
  await recordModelProviderTest(scope, id, { ok: result.ok, detail: result.detail, testedAt: new Date() });
  return result;
}
