import type { JsonValue } from "#lib/core/json.ts";
import type { Screening } from "#lib/runtime/screen-text.ts";

/**
 * Screens JSON text value by value, so that it stays JSON: of a number that is masked stays a string of stars. Text that
 * is no JSON is screened as it is.
 */
export function screenJson(text: string, screen: (text: string) => Screening): Screening {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return screen(text);
  }
  const found: Record<string, number> = {};
  const refused = new Set<string>();
  const screened = (one: string): string => {
    const result = screen(one);
    for (const label of result.refused) refused.add(label);
    for (const [label, count] of Object.entries(result.found)) found[label] = (found[label] ?? 0) + count;
    return result.text;
  };
  const walk = (one: JsonValue): JsonValue => {
    if (typeof one === "string") return screened(one);
    if (typeof one === "number") {
      const masked = screened(String(one));
      return masked === String(one) ? one : masked;
    }
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [screened(key), walk(each)]));
  };
  const walked = walk(value);
  const isMasked = Object.keys(found).length > 0;
  return { text: isMasked ? JSON.stringify(walked) : text, found, refused: [...refused] };
}
