import type { JsonValue } from "#lib/core/json.ts";

/** A JSON value as a sentence shows it: a string without its quotes, all else as JSON. */
export function plainText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
