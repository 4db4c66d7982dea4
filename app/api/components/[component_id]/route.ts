import {
  deleteComponentContract,
  getComponentContract,
  updateComponentContract,
} from "#lib/api/contracts/component.ts";
import { route } from "#lib/api/route.ts";
import { deleteComponent } from "#lib/server/delete-component.ts";
import { getComponent } from "#lib/server/get-component.ts";
import { updateComponent } from "#lib/server/update-component.ts";

export const GET = route(getComponentContract, ({ scope, params }) =>
  getComponent(scope, params.component_id),
);

export const PATCH = route(updateComponentContract, ({ scope, params, body }) =>
  updateComponent(scope, params.component_id, body),
);

export const DELETE = route(deleteComponentContract, async ({ scope, params }) => ({
  status: 204,
  body: await deleteComponent(scope, params.component_id),
}));
