import type { RunAttachment } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getBlob } from "#lib/db/blobs.ts";

/** Bytes of files that a run is given of what was before: more than models take, and far less than a server has. */
const MOST_BYTES = 50_000_000;

/**
 * Bytes of these files by hash, of which the last in the list are the newest: those come first, as far as there is room.
 * What has none, or is gone, is left out, and stays a name to whoever is told of it.
 */
export async function readRecentFiles(
  scope: Scope,
  files: readonly Pick<RunAttachment, "hash" | "size">[],
): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>();
  let room = MOST_BYTES;
  for (const { hash, size } of files.toReversed()) {
    if (bytes.has(hash) || size > room) continue;
    const blob = await getBlob(scope, hash);
    if (blob === null) continue;
    bytes.set(hash, blob.data);
    room -= size;
  }
  return bytes;
}
