import { getCurrentConfigContract } from "#lib/api/contracts/component.ts";
import { route } from "#lib/api/route.ts";
import { getCurrentConfig } from "#lib/server/get-current-config.ts";

export const GET = route(getCurrentConfigContract, ({ scope, params }) =>
  getCurrentConfig(scope, params.component_id),
);
