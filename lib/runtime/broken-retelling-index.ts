import type { JournalEvent } from "../core/journal.ts";

/**
 * Where the output model has begun to write an answer that broke off: what it wrote does not count. Null when there is
 * no such place.
 */
export function brokenRetellingIndex(live: readonly JournalEvent[]): number | null {
  const at = live.findLastIndex(({ body }) => body.type === "OutputModelResponseStarted");
  const begun = live[at];
  if (begun === undefined) return null;
  // A run that has waited since, or was asked something else, has not broken off there.
  const ended = live.slice(at + 1).some(({ body }) => body.type !== "RunContent" && body.type !== "RunError");
  return ended ? null : begun.index;
}
