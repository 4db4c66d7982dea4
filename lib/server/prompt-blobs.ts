import { createHash } from "node:crypto";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Scope } from "#lib/core/scope.ts";
import { putBlob } from "#lib/db/blobs.ts";
import type { BlobPort } from "#lib/runtime/ports.ts";

/** How many stored prompts are remembered as stored, so that the same agent's next run asks the database nothing. */
const REMEMBERED = 1_000;

/** Where the loop keeps each prompt as sent; one look-up per organization and text for the life of the process. */
export function promptBlobs(scope: Scope): BlobPort {
  const stored = processSingleton("stored-prompts", () => new Set<string>());
  return {
    async putText(text, mediaType) {
      const hash = createHash("sha256").update(text, "utf8").digest("hex");
      const key = `${scope.organizationId} ${hash}`;
      if (stored.has(key)) return hash;
      await putBlob(scope, text, mediaType);
      if (stored.size >= REMEMBERED) stored.clear();
      stored.add(key);
      return hash;
    },
  };
}
