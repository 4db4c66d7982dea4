import type { JournalEvent } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getBlob } from "#lib/db/blobs.ts";

/** Bytes of the files that a run's tools have brought, by hash; those that are gone are left out. */
export async function toolMediaBytes(
  scope: Scope,
  events: readonly JournalEvent[],
): Promise<Map<string, Uint8Array>> {
  const hashes = new Set(
    events.flatMap(({ body }) =>
      body.type === "ToolCallCompleted" ? (body.media ?? []).map(({ hash }) => hash) : [],
    ),
  );
  const bytes = new Map<string, Uint8Array>();
  for (const hash of hashes) {
    const blob = await getBlob(scope, hash);
    if (blob !== null) bytes.set(hash, blob.data);
  }
  return bytes;
}
