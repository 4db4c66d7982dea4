import { createAgentRunContract, listAgentRunsContract } from "#lib/api/contracts/run.ts";
import { route } from "#lib/api/route.ts";
import { answerRun } from "#lib/server/answer-run.ts";
import { listAgentRuns } from "#lib/server/list-agent-runs.ts";
import { mediaFiles } from "#lib/server/media-files.ts";

export const POST = route(createAgentRunContract, ({ principal, params, body, files, request }) =>
  answerRun(principal, {
    agentId: params.agent_id,
    request: body,
    files: [...files, ...mediaFiles(body)],
    idempotencyKey: request.headers.get("idempotency-key"),
  }),
);

export const GET = route(listAgentRunsContract, ({ scope, params, query }) =>
  listAgentRuns(scope, { agentId: params.agent_id, sessionId: query.session_id, status: query.status }),
);
