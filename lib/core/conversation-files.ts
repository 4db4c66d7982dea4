import type { ConversationFile } from "./conversation.ts";
import type { RunAttachment } from "./run-event.ts";

/** A run's attachments as a screen names them. */
export function conversationFiles(
  runId: string,
  attachments: readonly RunAttachment[] | undefined,
): ConversationFile[] {
  return (attachments ?? []).map((attachment) => ({
    filename: attachment.filename,
    mediaType: attachment.mime_type,
    sizeBytes: attachment.size,
    stored: { runId, attachmentId: attachment.id },
    blob: null,
  }));
}
