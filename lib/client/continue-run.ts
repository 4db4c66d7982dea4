import type { Decision } from "#lib/core/decision.ts";
import { postedTool } from "#lib/core/posted-tool.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";

interface ContinuedRun {
  agentId: string;
  runId: string;
  sessionId: string;
}

/**
 * Tells a waiting run what a person has decided about some of its calls; resolves when that is kept. Whoever follows
 * the run sees it go on. Throws ApiError: 409 when somebody was faster, 403, 422.
 */
export async function continueRun(
  connection: ApiConnection,
  { agentId, runId, sessionId }: ContinuedRun,
  decided: readonly { id: string; asked: ToolExecution; decision: Decision }[],
): Promise<void> {
  const form = new FormData();
  form.set(
    "tools",
    JSON.stringify(decided.map(({ id, asked, decision }) => postedTool(id, asked, decision))),
  );
  form.set("session_id", sessionId);
  const response = await apiRequest(connection, {
    method: "POST",
    path: `/agents/${encodeURIComponent(agentId)}/runs/${encodeURIComponent(runId)}/continue`,
    form,
  });
  await response.body?.cancel();
}
