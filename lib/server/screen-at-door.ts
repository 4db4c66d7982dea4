import { CheckError } from "#lib/core/check-error.ts";
import type { GuardrailOf } from "#lib/core/guardrail.ts";
import { type Screening, screenText } from "#lib/runtime/screen-text.ts";
import { blockedRequest } from "./blocked-request.ts";

/** Screens text that has just come in. A pattern that takes too long refuses the request: nothing of it was kept. */
export function screenAtDoor(masks: readonly GuardrailOf<"pii">[], text: string): Screening {
  try {
    return screenText(masks, text);
  } catch (error) {
    throw CheckError.isInstance(error) ? blockedRequest(error) : error;
  }
}
