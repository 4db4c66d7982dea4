import { CheckError } from "../core/check-error.ts";
import type { JsonValue } from "../core/json.ts";

/**
 * Masks the strings in a JSON text, each by itself, escapes read; the rest stays JSON. A text that is no JSON is masked
 * as it stands. Throws what the mask throws.
 */
export function maskJson(text: string, mask: (text: string) => string): string {
  try {
    const value = JSON.parse(text) as JsonValue;
    return JSON.stringify(value, (_key, one: JsonValue) => (typeof one === "string" ? mask(one) : one));
  } catch (error) {
    if (CheckError.isInstance(error)) throw error;
    // Also one that is nested too deeply to be written out again.
    return mask(text);
  }
}
