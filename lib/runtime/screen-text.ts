import { findPii, mergeSpans, type TextSpan } from "../core/find-pii.ts";
import type { CheckPhase, Guardrail, GuardrailOf } from "../core/guardrail.ts";
import { maskSpans } from "../core/mask-spans.ts";
import { findPattern } from "./find-pattern.ts";

/** A text after the masks of an agent. */
export interface Screening {
  /** With stars where something was masked. */
  text: string;
  /** How often each thing was masked, by its label. */
  found: Record<string, number>;
  /** The labels of what the agent does not take at all; then nothing of the text may be kept. */
  refused: string[];
}

/** The guardrails against personal data that look at what goes in, or comes out. */
export function piiGuardrails(guardrails: readonly Guardrail[], phase: CheckPhase): GuardrailOf<"pii">[] {
  return guardrails.flatMap((one) => (one.kind === "pii" && one.applies_to.includes(phase) ? [one] : []));
}

/**
 * Looks for personal data in a text and masks it. The same text always gives the same, and a masked one itself. Throws a
 * CheckError for a pattern that takes too long.
 */
export function screenText(guardrails: readonly GuardrailOf<"pii">[], text: string): Screening {
  const refused = guardrails
    .filter(({ action }) => action === "refuse")
    .flatMap((one) => placesOf(one, text).map(({ label }) => label));
  const found: Record<string, number> = {};
  const masks = mergeSpans(
    guardrails.filter(({ action }) => action === "mask").flatMap((one) => placesOf(one, text)),
  );
  for (const { label } of masks) found[label] = (found[label] ?? 0) + 1;
  return { text: maskSpans(text, masks), found, refused: [...new Set(refused)] };
}

function placesOf({ types, patterns }: GuardrailOf<"pii">, text: string): TextSpan[] {
  return [
    ...findPii(text, types),
    ...patterns.flatMap(({ name, pattern }) =>
      findPattern(text, pattern, name).map(([start, end]) => ({ start, end, label: name })),
    ),
  ];
}
