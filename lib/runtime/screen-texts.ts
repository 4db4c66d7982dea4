import { findPii, mergeSpans, type TextSpan } from "../core/find-pii.ts";
import type { GuardrailOf } from "../core/guardrail.ts";
import { maskSpans } from "../core/mask-spans.ts";
import { findPattern } from "./find-pattern.ts";
import type { PatternTime } from "./pattern-time.ts";

/** A text after the masks of an agent. */
export interface Screening {
  /** With stars where something was masked. */
  text: string;
  /** How often each thing was masked, by its label. */
  found: Record<string, number>;
  /** The labels of what the agent does not take at all; then nothing of the text may be kept. */
  refused: string[];
}

/**
 * Looks for personal data in several texts, each by itself, and masks it. Throws a CheckError when the time of the patterns
 * runs out.
 */
export function screenTexts(
  guardrails: readonly GuardrailOf<"pii">[],
  texts: readonly string[],
  time: PatternTime,
): Screening[] {
  const refused = placesIn(guardrails, "refuse", texts, time);
  const masks = placesIn(guardrails, "mask", texts, time);
  return texts.map((text, at) => {
    const spans = mergeSpans(masks.get(at) ?? []);
    const found: Record<string, number> = {};
    for (const { label } of spans) found[label] = (found[label] ?? 0) + 1;
    const labels = (refused.get(at) ?? []).map(({ label }) => label);
    return { text: maskSpans(text, spans), found, refused: [...new Set(labels)] };
  });
}

/** What the guardrails of one kind find, by the index of the text that it stands in. */
function placesIn(
  guardrails: readonly GuardrailOf<"pii">[],
  action: GuardrailOf<"pii">["action"],
  texts: readonly string[],
  time: PatternTime,
): Map<number, TextSpan[]> {
  const places = new Map<number, TextSpan[]>();
  const add = (at: number, span: TextSpan) => {
    const spans = places.get(at);
    if (spans === undefined) places.set(at, [span]);
    else spans.push(span);
  };
  for (const { types, patterns } of guardrails.filter((one) => one.action === action)) {
    for (const [at, span] of piiIn(texts, types)) add(at, span);
    for (const pattern of patterns) {
      for (const [at, start, end] of findPattern(texts, pattern, time)) {
        add(at, { start, end, label: pattern.name });
      }
    }
  }
  return places;
}

// Nothing that is looked for holds one, so nothing is found across two texts.
const BETWEEN = "\0";

/** Thousands of short texts take as long as one that is as long as all of them. */
function piiIn(texts: readonly string[], types: GuardrailOf<"pii">["types"]): [at: number, span: TextSpan][] {
  let at = 0;
  let from = 0;
  return findPii(texts.join(BETWEEN), types).map(({ start, end, label }) => {
    let until = from + (texts[at]?.length ?? 0);
    while (start >= until && at < texts.length - 1) {
      from = until + BETWEEN.length;
      at += 1;
      until = from + (texts[at]?.length ?? 0);
    }
    return [at, { start: start - from, end: end - from, label }];
  });
}
