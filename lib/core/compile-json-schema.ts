import { z } from "zod";
import type { JsonObject, JsonValue } from "./json.ts";

const compiled = new WeakMap<JsonObject, z.ZodType>();

/**
 * Makes a JSON schema ready to check values by, once per schema object. Patterns are not checked: whoever may write one
 * could write one that takes for ever. Throws for one that is not a JSON schema, and for what cannot be checked:
 * references to other documents, conditions (if/then/else).
 */
export function compileJsonSchema(schema: JsonObject): z.ZodType {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema(withoutPatterns(schema, false) as Parameters<typeof z.fromJSONSchema>[0]);
  compiled.set(schema, made);
  return made;
}

/** Words whose value maps names of the author's own to schemas. */
const NAMED = new Set(["properties", "$defs", "definitions", "dependentSchemas"]);
/** Words whose value is data, not a schema. */
const DATA = new Set(["const", "enum", "default", "examples"]);

/** `isNames`: the keys are names, not words of the schema. */
function withoutPatterns(value: JsonValue, isNames: boolean): JsonValue {
  if (Array.isArray(value)) return value.map((one) => withoutPatterns(one, false));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => isNames || (key !== "pattern" && key !== "patternProperties"),
  );
  return Object.fromEntries(
    entries.map(([key, one]) => {
      if (!isNames && DATA.has(key)) return [key, one];
      return [key, withoutPatterns(one, !isNames && NAMED.has(key))];
    }),
  );
}
