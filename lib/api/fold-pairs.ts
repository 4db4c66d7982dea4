import type { z } from "zod";
import { arrayKeys } from "./array-keys.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";

/**
 * Makes the object that a schema parses from the name-value pairs of a form or a query: lists where the schema has
 * lists, else one value. A single-valued field that comes twice is refused, since nobody could tell which was meant;
 * names that the schema does not know are left out.
 */
export function foldPairs(
  pairs: ReadonlyMap<string, readonly string[]>,
  schema: z.ZodType,
  part: "body" | "query",
): Record<string, string | string[]> {
  const lists = arrayKeys(schema);
  const known = "shape" in schema ? (schema.shape as Record<string, unknown>) : {};
  const folded: Record<string, string | string[]> = {};
  for (const [name, values] of pairs) {
    if (!Object.hasOwn(known, name)) continue;
    const [first = "", ...more] = values;
    if (lists.has(name)) folded[name] = [...values];
    else if (more.length === 0) folded[name] = first;
    else {
      const issue = { type: "value_error", loc: [part, name], msg: "Give this field only once", input: null };
      throw validationFailure([issue]);
    }
  }
  return folded;
}
