import type { JsonValue } from "#lib/core/json.ts";
import type { Screening } from "#lib/runtime/screen-texts.ts";

/**
 * Screens JSON text value by value, so that it stays JSON: of a number that is masked stays a string of stars. Text that
 * is no JSON is screened as it is.
 */
export function screenJson(text: string, screen: (texts: readonly string[]) => Screening[]): Screening {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return combined(text, screen([text]));
  }
  const texts: string[] = [];
  mapped(value, (one) => {
    texts.push(one);
    return one;
  });
  const screenings = screen(texts);
  if (screenings.every((one, at) => one.text === texts[at])) return combined(text, screenings);
  let at = 0;
  const masked = mapped(value, () => screenings[at++]?.text ?? "");
  return combined(JSON.stringify(masked), screenings);
}

/** The value with each of its texts, numbers and keys in other words. */
function mapped(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (typeof value === "number") {
    const changed = change(String(value));
    return changed === String(value) ? value : changed;
  }
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), mapped(one, change)]));
}

function combined(text: string, screenings: readonly Screening[]): Screening {
  const found: Record<string, number> = {};
  const refused = new Set<string>();
  for (const one of screenings) {
    for (const label of one.refused) refused.add(label);
    for (const [label, count] of Object.entries(one.found)) found[label] = (found[label] ?? 0) + count;
  }
  return { text, found, refused: [...refused] };
}
