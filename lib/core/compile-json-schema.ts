import { z } from "zod";
import type { JsonObject } from "./json.ts";

const compiled = new WeakMap<JsonObject, z.ZodType>();

/**
 * Makes a JSON schema ready to check values by, once per schema object. Throws for one that is not a JSON schema, and
 * for what cannot be checked: references to other documents, conditions (if/then/else).
 */
export function compileJsonSchema(schema: JsonObject): z.ZodType {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  compiled.set(schema, made);
  return made;
}
