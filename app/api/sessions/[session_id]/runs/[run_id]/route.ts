import { getSessionRunContract } from "#lib/api/contracts/session.ts";
import { route } from "#lib/api/route.ts";
import { getSessionRun } from "#lib/server/get-session-run.ts";

export const GET = route(getSessionRunContract, ({ scope, params, query }) =>
  getSessionRun(scope, params.session_id, params.run_id, query),
);
