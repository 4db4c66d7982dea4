import { createHash } from "node:crypto";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Scope } from "#lib/core/scope.ts";
import { BLOB_STAYS_MS, putBlob } from "#lib/db/blobs.ts";
import type { BlobPort } from "#lib/runtime/ports.ts";

/** How many stored prompts are remembered as stored, so that the same agent's next run asks the database nothing. */
const REMEMBERED = 1_000;

/** Where the loop keeps each prompt as sent; one look-up an hour per organization and text. */
export function promptBlobs(scope: Scope): BlobPort {
  const stored = processSingleton("stored-prompts", () => new Map<string, number>());
  return {
    async putText(text, mediaType) {
      const hash = createHash("sha256").update(text, "utf8").digest("hex");
      const key = `${scope.organizationId} ${hash}`;
      const nowMs = performance.now();
      const storedAtMs = stored.get(key);
      if (storedAtMs !== undefined && nowMs - storedAtMs < BLOB_STAYS_MS) return hash;
      await putBlob(scope, text, mediaType);
      if (stored.size >= REMEMBERED) stored.clear();
      stored.set(key, nowMs);
      return hash;
    },
    putBytes: (bytes, mediaType) => putBlob(scope, bytes, mediaType),
  };
}
