import { type ApiConnection, apiRequest } from "#lib/client/api-request.ts";
import {
  type ConnectionTest,
  connectionTestSchema,
  type ModelProviderKind,
  type UpdateModelProvider,
} from "#lib/core/model-provider.ts";

const pathOf = (id: string) => `/model-providers/${encodeURIComponent(id)}`;

/** What the form has typed. Texts are as typed; an empty key means none, or on an edit "as it is". */
export interface ProviderDraft {
  kind: ModelProviderKind;
  name: string;
  baseUrl: string;
  apiKey: string;
  models: readonly string[];
}

/** Saves a new connection. */
export async function createProvider(api: ApiConnection, draft: ProviderDraft): Promise<void> {
  await apiRequest(api, {
    method: "POST",
    path: "/model-providers",
    json: {
      kind: draft.kind,
      name: draft.name,
      base_url: draft.baseUrl === "" ? null : draft.baseUrl,
      api_key: draft.apiKey === "" ? null : draft.apiKey,
      models: draft.models,
    },
  });
}

/** Changes a saved connection; absent fields stay as they are. */
export async function updateProvider(
  api: ApiConnection,
  id: string,
  change: UpdateModelProvider,
): Promise<void> {
  await apiRequest(api, { method: "PATCH", path: pathOf(id), json: change });
}

/** Deletes a connection. */
export async function deleteProvider(api: ApiConnection, id: string): Promise<void> {
  await apiRequest(api, { method: "DELETE", path: pathOf(id) });
}

/** Tests a saved connection; what was found out is kept with it. */
export async function testProvider(api: ApiConnection, id: string): Promise<ConnectionTest> {
  const response = await apiRequest(api, { method: "POST", path: `${pathOf(id)}/test` });
  return connectionTestSchema.parse(await response.json());
}

/** Tests what the form has typed before it is saved; `providerId` lends its stored key. */
export async function testDraft(
  api: ApiConnection,
  draft: ProviderDraft,
  providerId: string | null,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const response = await apiRequest(api, {
    method: "POST",
    path: "/model-providers/test",
    json: {
      kind: draft.kind,
      base_url: draft.baseUrl === "" ? null : draft.baseUrl,
      api_key: draft.apiKey === "" ? null : draft.apiKey,
      model: draft.models[0] ?? null,
      provider_id: providerId,
    },
    signal,
  });
  return connectionTestSchema.parse(await response.json());
}
