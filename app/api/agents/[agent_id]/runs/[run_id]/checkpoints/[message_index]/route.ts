import { getAgentRunCheckpointContract } from "#lib/api/contracts/run-control.ts";
import { route } from "#lib/api/route.ts";
import { getRunCheckpoint } from "#lib/server/get-run-checkpoint.ts";

export const GET = route(getAgentRunCheckpointContract, ({ principal, scope, params, query }) =>
  getRunCheckpoint(
    scope,
    {
      agentId: params.agent_id,
      runId: params.run_id,
      sessionId: query.session_id,
      boundSessionId: principal.sessionId,
    },
    params.message_index,
  ),
);
