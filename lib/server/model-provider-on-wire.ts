import type { ModelProvider } from "#lib/core/model-provider.ts";
import type { ModelProviderRecord } from "#lib/db/model-providers.ts";

/** A stored connection as the API and the screens show it. */
export function modelProviderOnWire(record: ModelProviderRecord): ModelProvider {
  return {
    id: record.id,
    kind: record.kind,
    name: record.name,
    base_url: record.baseUrl,
    has_key: record.hasKey,
    key_hint: record.keyHint,
    models: record.models,
    enabled: record.enabled,
    last_tested_at: record.lastTestedAt?.toISOString() ?? null,
    last_test_ok: record.lastTestOk,
    last_test_detail: record.lastTestDetail,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  };
}
