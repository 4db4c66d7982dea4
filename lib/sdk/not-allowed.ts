import { CheckError } from "#lib/core/check-error.ts";
import type { CHECK_TRIGGERS } from "#lib/core/guardrail.ts";
import type { JsonObject } from "#lib/core/json.ts";

/**
 * Makes the error with which a guardrail or a hook stops a run. `message` is the sentence that the person sees, with what
 * to do next; it must not repeat what was found. Programs read `trigger` and `data`.
 */
export function notAllowed(
  message: string,
  options: { trigger?: (typeof CHECK_TRIGGERS)[number] | (string & {}); data?: JsonObject } = {},
): Error {
  const { trigger = "input_not_allowed", data } = options;
  return new CheckError(trigger, message, data === undefined ? {} : { data });
}
