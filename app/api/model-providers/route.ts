import {
  createModelProviderContract,
  listModelProvidersContract,
} from "#lib/api/contracts/model-provider.ts";
import { route } from "#lib/api/route.ts";
import { createModelProvider } from "#lib/server/create-model-provider.ts";
import { listModelProviders } from "#lib/server/list-model-providers.ts";

export const GET = route(listModelProvidersContract, ({ principal }) => listModelProviders(principal));

export const POST = route(createModelProviderContract, async ({ scope, body }) => ({
  status: 201,
  body: await createModelProvider(scope, body),
}));
