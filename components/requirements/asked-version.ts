import type { RunView } from "#lib/core/run-view.ts";

/** Changes whenever what people are asked in a run may have changed; null for a run that has asked nobody. */
export function askedVersion(view: RunView): string | null {
  if (!view.hasAsked) return null;
  return view.status === "paused" ? `paused ${view.lastIndex}` : view.status;
}
