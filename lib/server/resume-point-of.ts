import { type ResumePoint, resumePoint } from "#lib/runtime/resume-point.ts";
import type { LeftRun } from "./read-left-run.ts";
import { toolRegistry } from "./tool-registry.ts";

/** Where a run goes on that its last driver has left. */
export function resumePointOf({ events, internals }: LeftRun): ResumePoint {
  return resumePoint(events, internals, (name) => toolRegistry().get(name)?.effect ?? null);
}
