import { z } from "zod";
import type { RunView } from "#lib/core/run-view.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";
import { followRun } from "./follow-run.ts";

const outputSchema = z.object({ input: z.object({ input_content: z.string().optional() }).optional() });

/** A question and its answer as they were before others took their place. */
export interface TurnVersion {
  question: string;
  view: RunView;
}

/** Reads a run that has ended, from its journal. Throws ApiError when it is gone. */
export async function readVersion(
  connection: ApiConnection,
  run: { agentId: string; runId: string; sessionId: string },
  signal: AbortSignal,
): Promise<TurnVersion> {
  const path = `/agents/${encodeURIComponent(run.agentId)}/runs/${encodeURIComponent(run.runId)}`;
  const query = `?session_id=${encodeURIComponent(run.sessionId)}`;
  const [output, view] = await Promise.all([
    apiRequest(connection, { path: path + query, signal }).then((response) => response.json()),
    followRun(connection, { kind: "attach", ...run }, { signal, onView: () => undefined }),
  ]);
  return { question: outputSchema.parse(output).input?.input_content ?? "", view };
}
