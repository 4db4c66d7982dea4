import { continueAgentRunContract } from "#lib/api/contracts/run.ts";
import { route } from "#lib/api/route.ts";
import { continueRun } from "#lib/server/continue-run.ts";

export const POST = route(continueAgentRunContract, ({ principal, params, body }) =>
  continueRun(principal, { runId: params.run_id, agentId: params.agent_id, request: body }),
);
