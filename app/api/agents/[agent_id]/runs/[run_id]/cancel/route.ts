import { cancelAgentRunContract } from "#lib/api/contracts/run.ts";
import { route } from "#lib/api/route.ts";
import { cancelRun } from "#lib/server/cancel-run.ts";

export const POST = route(cancelAgentRunContract, async ({ scope, params, query }) => {
  await cancelRun(scope, params.run_id, query.session_id, params.agent_id);
  return {};
});
