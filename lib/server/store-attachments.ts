import { randomUUID } from "node:crypto";
import type { RunAttachment } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { putBlob } from "#lib/db/blobs.ts";
import type { UploadedFile } from "./idempotency.ts";

/** Keeps uploaded files as blobs and returns how the journal refers to them. Empty files are skipped, as on the wire. */
export async function storeAttachments(
  scope: Scope,
  files: readonly UploadedFile[],
): Promise<RunAttachment[]> {
  const stored: RunAttachment[] = [];
  for (const file of files) {
    if (file.bytes.byteLength === 0) continue;
    stored.push({
      id: randomUUID(),
      filename: file.filename,
      mime_type: file.mediaType,
      size: file.bytes.byteLength,
      hash: await putBlob(scope, file.bytes, file.mediaType),
    });
  }
  return stored;
}
