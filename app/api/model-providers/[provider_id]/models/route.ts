import { listProviderModelsContract } from "#lib/api/contracts/model-provider.ts";
import { route } from "#lib/api/route.ts";
import { listProviderModels } from "#lib/server/list-provider-models.ts";

export const GET = route(listProviderModelsContract, ({ scope, params }) =>
  listProviderModels(scope, params.provider_id),
);
