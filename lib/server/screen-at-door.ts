import { CheckError } from "#lib/core/check-error.ts";
import type { GuardrailOf } from "#lib/core/guardrail.ts";
import type { PatternTime } from "#lib/runtime/pattern-time.ts";
import { type Screening, screenTexts } from "#lib/runtime/screen-texts.ts";
import { blockedRequest } from "./blocked-request.ts";

/**
 * Screens texts that have just come in with one request, which has `time` for all of them. Patterns that take too long
 * refuse the request: nothing of it was kept.
 */
export function screenAtDoor(
  masks: readonly GuardrailOf<"pii">[],
  texts: readonly string[],
  time: PatternTime,
): Screening[] {
  try {
    return screenTexts(masks, texts, time);
  } catch (error) {
    throw CheckError.isInstance(error) ? blockedRequest(error) : error;
  }
}
