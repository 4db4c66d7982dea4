import { AppError } from "#lib/core/app-error.ts";
import { attachmentDisposition } from "#lib/core/attachment-disposition.ts";
import type { Scope } from "#lib/core/scope.ts";
import { servedMediaType } from "#lib/core/served-media-type.ts";
import { getBlob } from "#lib/db/blobs.ts";
import { getAttachment } from "./get-attachment.ts";

/**
 * Answers with the bytes of an attachment, as a download that no browser runs: people upload what they like, and it is
 * served from the console's own origin. `ifNoneMatch` is the request's header; 304 saves the bytes that a browser has.
 * Throws not_found unless the caller has that run with that file.
 */
export async function answerAttachment(
  scope: Scope,
  runId: string,
  attachmentId: string,
  ifNoneMatch: string | null,
): Promise<Response> {
  const attachment = await getAttachment(scope, runId, attachmentId);
  if (attachment === null) throw new AppError("not_found", "Attachment not found");
  // A browser keeps it and asks each time, so that nobody sees it after signing out.
  const headers = { etag: `"${attachment.hash}"`, "cache-control": "private, no-cache" };
  if (ifNoneMatch === headers.etag) return new Response(null, { status: 304, headers });
  const blob = await getBlob(scope, attachment.hash);
  if (blob === null) throw new AppError("not_found", "The bytes of this attachment are gone");
  return new Response(new Uint8Array(blob.data), {
    headers: {
      ...headers,
      "content-type": servedMediaType(attachment.mime_type),
      "content-length": String(blob.data.byteLength),
      "content-disposition": attachmentDisposition(attachment.filename),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  });
}
