import { listAgentRunCheckpointsContract } from "#lib/api/contracts/run-control.ts";
import { route } from "#lib/api/route.ts";
import { listRunCheckpoints } from "#lib/server/list-run-checkpoints.ts";

export const GET = route(listAgentRunCheckpointsContract, ({ principal, scope, params, query }) =>
  listRunCheckpoints(scope, {
    agentId: params.agent_id,
    runId: params.run_id,
    sessionId: query.session_id,
    boundSessionId: principal.sessionId,
  }),
);
