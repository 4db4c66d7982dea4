import type { ReasoningStep } from "../core/reasoning-step.ts";

/** A step of reasoning with all that it says masked. */
export function maskStep(step: ReasoningStep, mask: ((text: string) => string) | undefined): ReasoningStep {
  if (mask === undefined) return step;
  const masked = (text: string | null) => (text === null ? null : mask(text));
  const { title, action, result, reasoning } = step;
  return {
    ...step,
    title: masked(title),
    action: masked(action),
    result: masked(result),
    reasoning: masked(reasoning),
  };
}
