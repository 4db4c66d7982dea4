import {
  deleteComponentConfigContract,
  getComponentConfigContract,
  updateComponentConfigContract,
} from "#lib/api/contracts/component.ts";
import { route } from "#lib/api/route.ts";
import { deleteComponentConfig } from "#lib/server/delete-component-config.ts";
import { getComponentConfig } from "#lib/server/get-component-config.ts";
import { updateComponentConfig } from "#lib/server/update-component-config.ts";

export const GET = route(getComponentConfigContract, ({ scope, params }) =>
  getComponentConfig(scope, params.component_id, params.version),
);

export const PATCH = route(updateComponentConfigContract, ({ scope, params, body }) =>
  updateComponentConfig(scope, params.component_id, params.version, body),
);

export const DELETE = route(deleteComponentConfigContract, async ({ scope, params }) => ({
  status: 204,
  body: await deleteComponentConfig(scope, params.component_id, params.version),
}));
