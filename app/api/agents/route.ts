import { listAgentsContract } from "#lib/api/contracts/agent.ts";
import { route } from "#lib/api/route.ts";
import { listReadableAgents } from "#lib/server/list-readable-agents.ts";

export const GET = route(listAgentsContract, ({ principal }) => listReadableAgents(principal));
