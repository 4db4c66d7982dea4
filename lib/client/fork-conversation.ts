import { z } from "zod";
import type { ConversationFile } from "#lib/core/conversation.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";
import { attachmentFile } from "./attachment-file.ts";
import { newId } from "./new-id.ts";

const forkSchema = z.object({ session_id: z.string() });

/** Which conversation to copy. */
interface ForkConversation {
  agentId: string;
  sessionId: string;
  /** The last run of it to copy; null copies none of it. */
  upToRunId: string | null;
  /** What is asked behind the copy; null asks nothing. */
  question: { text: string; files: readonly ConversationFile[] } | null;
}

/**
 * Makes a conversation that begins as another one did and returns its session's id. Its question is on its way then,
 * not answered. Throws ApiError when the API refuses, and when a file of the question cannot be had.
 */
export async function forkConversation(
  connection: ApiConnection,
  { agentId, sessionId, upToRunId, question }: ForkConversation,
): Promise<string> {
  const files = await Promise.all((question?.files ?? []).map((file) => attachmentFile(connection, file)));
  const agentPath = `/agents/${encodeURIComponent(agentId)}`;
  let forkId = newId();
  if (upToRunId !== null) {
    const response = await apiRequest(connection, {
      method: "POST",
      path: `${agentPath}/sessions/${encodeURIComponent(sessionId)}/fork?up_to_run_id=${encodeURIComponent(upToRunId)}`,
    });
    forkId = forkSchema.parse(await response.json()).session_id;
  }
  if (question === null) return forkId;
  const form = new FormData();
  form.set("message", question.text);
  form.set("session_id", forkId);
  form.set("stream", "false");
  form.set("background", "true");
  for (const file of files) form.append("files", file, file.name);
  const started = await apiRequest(connection, { method: "POST", path: `${agentPath}/runs`, form });
  await started.body?.cancel();
  return forkId;
}
