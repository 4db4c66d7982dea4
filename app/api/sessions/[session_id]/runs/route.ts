import { listSessionRunsContract } from "#lib/api/contracts/session.ts";
import { route } from "#lib/api/route.ts";
import { listSessionRuns } from "#lib/server/list-session-runs.ts";

export const GET = route(listSessionRunsContract, ({ scope, params, query }) =>
  listSessionRuns(scope, params.session_id, query),
);
