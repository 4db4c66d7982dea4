import type { ModelProvider } from "#lib/core/model-provider.ts";
import type { ModelProviderRecord } from "#lib/db/model-providers.ts";

/**
 * A stored connection as the API and the screens show it. `isFull` false leaves out what only those need who set
 * connections up, and what tells of the network behind this server: the address, the key's end, a test's sentence.
 */
export function modelProviderOnWire(record: ModelProviderRecord, isFull = true): ModelProvider {
  return {
    id: record.id,
    kind: record.kind,
    name: record.name,
    base_url: isFull ? record.baseUrl : null,
    has_key: record.hasKey,
    key_hint: isFull ? record.keyHint : null,
    models: record.models,
    enabled: record.enabled,
    last_tested_at: record.lastTestedAt?.toISOString() ?? null,
    last_test_ok: record.lastTestOk,
    last_test_detail: isFull ? record.lastTestDetail : null,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  };
}
