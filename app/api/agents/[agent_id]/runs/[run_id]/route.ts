import { getAgentRunContract } from "#lib/api/contracts/run.ts";
import { route } from "#lib/api/route.ts";
import { getRunOutput } from "#lib/server/get-run-output.ts";

export const GET = route(getAgentRunContract, ({ scope, params, query }) =>
  getRunOutput(scope, params.run_id, query.session_id, params.agent_id),
);
