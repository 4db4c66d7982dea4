import type { JsonObject, JsonValue } from "#lib/core/json.ts";

const MOST_STEPS = 8;

/**
 * A schema without the wrappings that say nothing to a form: references to definitions of `root`, a choice between one
 * thing and null, a list of one. What surrounds a wrapping, such as a title, stands over what it wraps.
 */
export function resolvedSchema(schema: JsonObject, root: JsonObject): JsonObject {
  let current = schema;
  for (let step = 0; step < MOST_STEPS; step++) {
    const inner = innerOf(current, root);
    if (inner === null) break;
    const { $ref: _ref, anyOf: _any, oneOf: _one, allOf: _all, ...around } = current;
    current = { ...inner, ...around };
  }
  const { type } = current;
  if (!Array.isArray(type)) return current;
  const types = type.filter((one) => one !== "null");
  return types.length === 1 && types[0] !== undefined ? { ...current, type: types[0] } : current;
}

function innerOf(schema: JsonObject, root: JsonObject): JsonObject | null {
  const ref = schema["$ref"];
  if (typeof ref === "string") {
    const [, place = "", name = ""] = /^#\/(\$defs|definitions)\/(.+)$/.exec(ref) ?? [];
    return asObject(asObject(root[place])?.[name]);
  }
  for (const key of ["anyOf", "oneOf", "allOf"]) {
    const choices = schema[key];
    if (!Array.isArray(choices)) continue;
    const things = choices.map(asObject).filter((one) => one !== null && one["type"] !== "null");
    if (things.length === 1) return things[0] ?? null;
  }
  return null;
}

function asObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
