import { getAgentContract } from "#lib/api/contracts/agent.ts";
import { route } from "#lib/api/route.ts";
import { getAgent } from "#lib/server/get-agent.ts";

export const GET = route(getAgentContract, ({ scope, params }) => getAgent(scope, params.agent_id));
