import type { z } from "zod";
import { compileJsonSchema } from "./compile-json-schema.ts";
import type { JsonObject, JsonValue } from "./json.ts";

/** A value with its schema's defaults filled in, or what does not fit. */
type CheckedJson = { data: JsonValue; issues: null } | { issues: readonly z.core.$ZodIssue[] };

/** Checks a value by a JSON schema. A schema that comes back to itself without end fits nothing. */
export function checkJson(schema: JsonObject, value: unknown): CheckedJson {
  try {
    const checked = compileJsonSchema(schema).safeParse(value);
    if (!checked.success) return { issues: checked.error.issues };
    return { data: checked.data as JsonValue, issues: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = "The schema refers to itself without end";
    return { issues: [{ code: "custom", path: [], message, input: undefined }] };
  }
}
