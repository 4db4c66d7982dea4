import type { JournalEvent } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readRecentFiles } from "./read-recent-files.ts";

/** Bytes of the files that a run's tools have brought, by hash; those that are gone, or too many, are left out. */
export function toolMediaBytes(
  scope: Scope,
  events: readonly JournalEvent[],
): Promise<Map<string, Uint8Array>> {
  return readRecentFiles(
    scope,
    events.flatMap(({ body }) => (body.type === "ToolCallCompleted" ? (body.media ?? []) : [])),
  );
}
