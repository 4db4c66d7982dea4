import type { EffectAtWork } from "./effects-at-work.ts";
import type { ResumePoint } from "./resume-point.ts";

/** The calls that were changing the world when the last driver died; those that a person has been asked about, too. */
export function unknownCalls({ next }: ResumePoint): EffectAtWork[] {
  if (next.kind !== "call_tools") return [];
  return next.open
    .filter(({ progress }) => progress === "unknown")
    .map(({ tool: execution, attempts: attempt }) => ({ execution, attempt }));
}
