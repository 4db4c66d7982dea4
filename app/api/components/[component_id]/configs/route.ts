import { createComponentConfigContract, listComponentConfigsContract } from "#lib/api/contracts/component.ts";
import { route } from "#lib/api/route.ts";
import { createComponentConfig } from "#lib/server/create-component-config.ts";
import { listComponentConfigs } from "#lib/server/list-component-configs.ts";

export const GET = route(listComponentConfigsContract, ({ scope, params, query }) =>
  listComponentConfigs(scope, params.component_id, query.include_config),
);

export const POST = route(createComponentConfigContract, async ({ scope, params, body }) => ({
  status: 201,
  body: await createComponentConfig(scope, params.component_id, body),
}));
