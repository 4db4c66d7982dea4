import type { JsonValue } from "./json.ts";

const REPLACEMENT = "\uFFFD";
/** How JSON.stringify writes a NUL and the lone halves of surrogate pairs. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;

/** Text as Postgres can keep it: NUL and lone surrogates become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", REPLACEMENT);
}

/**
 * The same value with every string and key as Postgres can keep it; the very same object when nothing is amiss,
 * which one pass of JSON.stringify tells.
 */
export function storableJson<T>(value: T): { value: T; json: string } {
  const json = JSON.stringify(value);
  if (json === undefined || !UNSTORABLE_ESCAPE.test(json)) return { value, json: json ?? "null" };
  const cleaned = clean(JSON.parse(json) as JsonValue) as T;
  return { value: cleaned, json: JSON.stringify(cleaned) };
}

function clean(value: JsonValue): JsonValue {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [storableText(key), clean(entry)]));
  }
  return value;
}
