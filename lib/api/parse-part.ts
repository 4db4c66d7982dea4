import type { z } from "zod";
import { findUnstorableText } from "./find-unstorable-text.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";
import { wireIssues } from "#lib/core/wire-issues.ts";

/**
 * Checks one part of a request against its schema and returns the parsed value.
 * Throws the 422 with locations under `part` (`body`, `query` or `path`).
 */
export function parsePart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: "body" | "query" | "path",
): z.output<Schema> {
  assertStorable(value, part);
  const result = safely(schema, value, part);
  if (!result.success) throw validationFailure(wireIssues(result.error.issues, [part], value));
  // A field may hold JSON as text, whose escapes become characters only now.
  assertStorable(result.data, part);
  return result.data;
}

function assertStorable(value: unknown, part: string): void {
  const finding = findUnstorableText(value);
  if (finding === null) return;
  const { path, type, msg } = finding;
  throw validationFailure([{ type, loc: [part, ...path], msg, input: null }]);
}

/** JSON inside a form's text is parsed by the schema; nested deeply enough it overflows the stack there. */
function safely<Schema extends z.ZodType>(schema: Schema, value: unknown, part: string) {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const issue = { type: "too_long", loc: [part], msg: "Input is nested too deeply", input: null };
    throw validationFailure([issue]);
  }
}
