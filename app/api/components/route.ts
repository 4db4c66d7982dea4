import { createComponentContract, listComponentsContract } from "#lib/api/contracts/component.ts";
import { route } from "#lib/api/route.ts";
import { createComponent } from "#lib/server/create-component.ts";
import { listComponents } from "#lib/server/list-components.ts";

export const GET = route(listComponentsContract, ({ scope, query }) =>
  listComponents(scope, { type: query.component_type ?? null, page: query.page, limit: query.limit }),
);

export const POST = route(createComponentContract, async ({ scope, body }) => ({
  status: 201,
  body: await createComponent(scope, body),
}));
