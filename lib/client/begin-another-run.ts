import { type ApiConnection, apiRequest } from "./api-request.ts";
import { readFrames } from "./read-frames.ts";

/** A run to go on with under another id. */
interface SourceRun {
  agentId: string;
  runId: string;
  sessionId: string;
}

/**
 * How it goes on: the same question is answered anew, with or without `instructions`, or another is asked in its place.
 */
export type AnotherRun = { kind: "regenerate"; instructions: string } | { kind: "instead"; question: string };

/**
 * Has a run take the place of another and returns its id once it has begun; whoever follows it sees the rest.
 * Throws ApiError when the API refuses: 409 when somebody was faster.
 */
export async function beginAnotherRun(
  connection: ApiConnection,
  { agentId, runId, sessionId }: SourceRun,
  wish: AnotherRun,
): Promise<string> {
  const form = new FormData();
  form.set("session_id", sessionId);
  if (wish.kind === "regenerate") {
    form.set("regenerate", "true");
    if (wish.instructions !== "") form.set("additional_instructions", wish.instructions);
  } else {
    form.set("continue_from", "0");
    form.set("fork", "true");
    form.set("replace_original", "true");
    form.set("input", wish.question);
  }
  const response = await apiRequest(connection, {
    method: "POST",
    path: `/agents/${encodeURIComponent(agentId)}/runs/${encodeURIComponent(runId)}/continue`,
    form,
  });
  // The stream begins where the new run parts from the old one. Its id is all that is wanted of it: who reads the run
  // from its own beginning has what both share, too, and leaving the stream does not stop the run.
  for await (const { run_id: id } of readFrames(response)) if (id !== undefined) return id;
  throw new Error("The server did not say whether it has begun. Reload the page to see.");
}
