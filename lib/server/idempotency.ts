import { createHash } from "node:crypto";
import { overridesOf } from "#lib/core/overrides-of.ts";
import type { RunRequest } from "#lib/core/run-request.ts";

/** A file as it came with a request. */
export interface UploadedFile {
  filename: string;
  mediaType: string;
  bytes: Uint8Array;
}

/**
 * Hashes what makes two starts the same: agent, question, options and files, to SHA-256 in hex.
 * The session id counts only when the caller chose it; otherwise each attempt would make up another.
 */
export function requestHash(agentId: string, request: RunRequest, files: readonly UploadedFile[]): string {
  const hash = createHash("sha256");
  const overrides = overridesOf(request);
  hash.update(
    JSON.stringify([
      agentId,
      request.message,
      request.session_id ?? null,
      request.version ?? null,
      request.session_state ?? null,
      request.metadata ?? null,
      ...(overrides === undefined ? [] : [overrides]),
    ]),
  );
  for (const file of files) {
    hash.update(JSON.stringify([file.filename, file.mediaType, file.bytes.byteLength]));
    hash.update(file.bytes);
  }
  return hash.digest("hex");
}

/** The stored form of an Idempotency-Key, unique per subject. */
export function idempotencyKeyOf(subject: string | null, key: string): string {
  return JSON.stringify([subject, key]);
}
