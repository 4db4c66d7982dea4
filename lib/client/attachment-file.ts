import { attachmentPath } from "#lib/core/attachment-path.ts";
import type { ConversationFile } from "#lib/core/conversation.ts";
import { type ApiConnection, apiRequest } from "./api-request.ts";

/**
 * Gets a file of an earlier question ready to be sent again: as it is while this page has its bytes, else from the
 * run that it came with. Throws with a sentence that names the file when it cannot be had.
 */
export async function attachmentFile(connection: ApiConnection, file: ConversationFile): Promise<File> {
  try {
    const bytes = file.blob ?? (await storedBytes(connection, file.stored));
    return new File([bytes], file.filename, { type: file.mediaType });
  } catch (error) {
    throw new Error(`${file.filename} could not be read again. Attach it again and ask.`, { cause: error });
  }
}

async function storedBytes(connection: ApiConnection, stored: ConversationFile["stored"]): Promise<Blob> {
  if (stored === null) throw new Error("The server never had it.");
  const response = await apiRequest(connection, { path: attachmentPath(stored.runId, stored.attachmentId) });
  return response.blob();
}
