import {
  deleteModelProviderContract,
  getModelProviderContract,
  updateModelProviderContract,
} from "#lib/api/contracts/model-provider.ts";
import { route } from "#lib/api/route.ts";
import { deleteModelProvider } from "#lib/server/delete-model-provider.ts";
import { getModelProvider } from "#lib/server/get-model-provider.ts";
import { updateModelProvider } from "#lib/server/update-model-provider.ts";

export const GET = route(getModelProviderContract, ({ principal, params }) =>
  getModelProvider(principal, params.provider_id),
);

export const PATCH = route(updateModelProviderContract, ({ scope, params, body }) =>
  updateModelProvider(scope, params.provider_id, body),
);

export const DELETE = route(deleteModelProviderContract, async ({ scope, params, query }) => {
  await deleteModelProvider(scope, params.provider_id, query.force);
  return { status: 204, body: null };
});
