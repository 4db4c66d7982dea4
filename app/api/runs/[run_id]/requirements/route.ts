import { listRequirementsContract } from "#lib/api/contracts/requirement.ts";
import { route } from "#lib/api/route.ts";
import { listRequirements } from "#lib/server/list-requirements.ts";

export const GET = route(listRequirementsContract, ({ principal, params }) =>
  listRequirements(principal, params.run_id),
);
