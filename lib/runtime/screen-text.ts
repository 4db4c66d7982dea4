import type { CheckPhase, Guardrail, GuardrailOf } from "../core/guardrail.ts";
import { PatternTime } from "./pattern-time.ts";
import { type Screening, screenTexts } from "./screen-texts.ts";

/** The guardrails against personal data that look at what goes in, or comes out. */
export function piiGuardrails(guardrails: readonly Guardrail[], phase: CheckPhase): GuardrailOf<"pii">[] {
  return guardrails.flatMap((one) => (one.kind === "pii" && one.applies_to.includes(phase) ? [one] : []));
}

/**
 * Looks for personal data in a text and masks it. The same text always gives the same, and a masked one itself. Throws a
 * CheckError for patterns that take too long.
 */
export function screenText(guardrails: readonly GuardrailOf<"pii">[], text: string): Screening {
  const [screening] = screenTexts(guardrails, [text], new PatternTime());
  return screening ?? { text: "", found: {}, refused: [] };
}
