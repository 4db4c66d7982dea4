import { resumeAgentRunContract } from "#lib/api/contracts/run.ts";
import { route } from "#lib/api/route.ts";
import { resumeRun } from "#lib/server/resume-run.ts";

export const POST = route(resumeAgentRunContract, ({ scope, params, body }) =>
  resumeRun(scope, {
    runId: params.run_id,
    agentId: params.agent_id,
    sessionId: body.session_id,
    lastEventIndex: body.last_event_index ?? -1,
    followPauses: body.follow_pauses,
  }),
);
