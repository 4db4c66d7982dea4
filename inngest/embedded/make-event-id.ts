import { createHash, randomUUID } from "node:crypto";
import { prefixedId } from "#lib/core/ids.ts";

/**
 * The id of an event that came without one. From the SDK's seed, which stays the same when it sends the same events
 * again, so that they are not accepted twice; without a seed it is random.
 */
export function makeEventId(seed: string | null, place: number): string {
  if (seed === null) return prefixedId("durableEvent", randomUUID());
  return `fevt_${createHash("sha256").update(`${seed}:${place}`).digest("hex").slice(0, 32)}`;
}
