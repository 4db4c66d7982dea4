import { createHash, randomUUID } from "node:crypto";
import { acceptedMediaType } from "#lib/core/accepted-media-type.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { RunAttachment } from "#lib/core/run-event.ts";
import type { UploadedFile } from "./idempotency.ts";

/** A file of a question, under the media type that it counts as. */
export interface AcceptedFile extends UploadedFile {
  /** How the journal refers to it. */
  attachment: RunAttachment;
}

/**
 * Takes uploaded files, each under its accepted media type, and says how the journal refers to them. Keeps nothing.
 * Empty files are skipped, as on the wire. Throws bad_request for a kind of file that is not taken.
 */
export function acceptFiles(files: readonly UploadedFile[]): AcceptedFile[] {
  return files
    .filter(({ bytes }) => bytes.byteLength > 0)
    .map((file) => {
      const { filename, bytes } = file;
      const mediaType = acceptedMediaType(file);
      if (mediaType === null) throw new AppError("bad_request", `Unsupported file type: ${filename}`);
      const attachment = {
        id: randomUUID(),
        filename,
        mime_type: mediaType,
        size: bytes.byteLength,
        hash: createHash("sha256").update(bytes).digest("hex"),
      };
      return { filename, mediaType, bytes, attachment };
    });
}
