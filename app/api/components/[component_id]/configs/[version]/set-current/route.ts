import { setCurrentConfigContract } from "#lib/api/contracts/component.ts";
import { route } from "#lib/api/route.ts";
import { setCurrentConfig } from "#lib/server/set-current-config.ts";

export const POST = route(setCurrentConfigContract, ({ scope, params }) =>
  setCurrentConfig(scope, params.component_id, params.version),
);
