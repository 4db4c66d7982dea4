import { randomUUID } from "node:crypto";
import { acceptedMediaType } from "#lib/core/accepted-media-type.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { RunAttachment } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { putBlob } from "#lib/db/blobs.ts";
import type { UploadedFile } from "./idempotency.ts";

/**
 * Keeps uploaded files as blobs and returns how the journal refers to them. Empty files are skipped, as on the wire.
 * Throws bad_request for a kind of file that is not taken, before any of them is kept.
 */
export async function storeAttachments(
  scope: Scope,
  files: readonly UploadedFile[],
): Promise<RunAttachment[]> {
  const accepted = files
    .filter((file) => file.bytes.byteLength > 0)
    .map((file) => {
      const mediaType = acceptedMediaType(file);
      if (mediaType === null) throw new AppError("bad_request", `Unsupported file type: ${file.filename}`);
      return { ...file, mediaType };
    });
  const stored: RunAttachment[] = [];
  for (const file of accepted) {
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
