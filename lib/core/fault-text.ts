import { findPii } from "./find-pii.ts";
import { PII_TYPES, type PiiType } from "./guardrail.ts";
import { maskSpans } from "./mask-spans.ts";
import { storableText } from "./storable-json.ts";

const ALL_TYPES = Object.keys(PII_TYPES) as PiiType[];
const LONGEST = 300;

/** Why code that was given what people say has failed. What it says may repeat that: personal data is masked. */
export function faultText(error: unknown): string {
  const text = error instanceof Error && error.message !== "" ? error.message : "It failed.";
  return storableText(maskSpans(text, findPii(text, ALL_TYPES)).slice(0, LONGEST));
}
