import { testModelProviderContract } from "#lib/api/contracts/model-provider.ts";
import { route } from "#lib/api/route.ts";
import { testModelProvider } from "#lib/server/test-model-provider.ts";

export const POST = route(testModelProviderContract, ({ scope, params, body }) =>
  testModelProvider(scope, params.provider_id, body.model ?? null),
);
