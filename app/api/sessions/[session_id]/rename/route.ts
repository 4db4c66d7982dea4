import { renameSessionContract } from "#lib/api/contracts/session.ts";
import { route } from "#lib/api/route.ts";
import { updateSession } from "#lib/server/update-session.ts";

export const POST = route(renameSessionContract, ({ scope, params, body, query }) =>
  updateSession(scope, params.session_id, body, query),
);
