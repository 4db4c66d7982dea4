import { forkAgentSessionContract } from "#lib/api/contracts/run-control.ts";
import { route } from "#lib/api/route.ts";
import { forkSession } from "#lib/server/fork-session.ts";

export const POST = route(forkAgentSessionContract, ({ principal, params, query }) =>
  forkSession(principal, {
    agentId: params.agent_id,
    sessionId: params.session_id,
    userId: query.user_id,
    upToRunId: query.up_to_run_id,
  }),
);
