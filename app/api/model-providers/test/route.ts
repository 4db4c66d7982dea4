import { testModelProviderDraftContract } from "#lib/api/contracts/model-provider.ts";
import { route } from "#lib/api/route.ts";
import { testModelProviderDraft } from "#lib/server/test-model-provider-draft.ts";

export const POST = route(testModelProviderDraftContract, ({ scope, body }) =>
  testModelProviderDraft(scope, body),
);
