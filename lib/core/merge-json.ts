import type { JsonObject, JsonValue } from "./json.ts";

/** How deep objects are merged; deeper ones are replaced whole, so that no input can exhaust a stack. */
export const JSON_MERGE_DEPTH = 32;

/**
 * Lays one object over another: objects under the same key are merged, anything else, lists included, is replaced.
 * The database has the same as `merge_json`. Neither of the two is changed.
 */
export function mergeJson(base: JsonObject, overlay: JsonObject, depth = JSON_MERGE_DEPTH): JsonObject {
  if (depth < 1) return overlay;
  const merged = new Map<string, JsonValue>(Object.entries(base));
  for (const [key, value] of Object.entries(overlay)) {
    const below = merged.get(key);
    merged.set(key, isObject(below) && isObject(value) ? mergeJson(below, value, depth - 1) : value);
  }
  return Object.fromEntries(merged);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
