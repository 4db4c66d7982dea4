import { listWorkflowsContract } from "#lib/api/contracts/workflow.ts";
import { route } from "#lib/api/route.ts";

export const GET = route(listWorkflowsContract, () => Promise.resolve([]));
