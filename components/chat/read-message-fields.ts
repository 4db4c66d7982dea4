import { z } from "zod";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { MessageField } from "./message-fields.ts";

/** What is wrong with a field, by its place among the fields. */
export interface FieldProblem {
  at: number;
  message: string;
}

type Typed = { value: JsonValue | undefined } | { problem: string };

/**
 * Makes the JSON object of what was typed into the fields. What is left empty and need not be there is left out; the
 * whole is checked with the schema as far as that is possible here: the server does it in any case.
 */
export function readMessageFields(
  schema: JsonObject,
  fields: readonly MessageField[],
  texts: readonly string[],
): { values: JsonObject; problems: FieldProblem[] } {
  const values: JsonObject = {};
  const problems: FieldProblem[] = [];
  for (const [at, field] of fields.entries()) {
    const typed = readText(field, texts[at] ?? "");
    if ("problem" in typed) problems.push({ at, message: typed.problem });
    else if (typed.value !== undefined) place(values, field.path, typed.value);
  }
  if (problems.length > 0) return { values, problems };
  for (const issue of issuesOf(schema, values)) {
    const at = fieldAt(fields, issue.path);
    if (at >= 0 && !problems.some((one) => one.at === at))
      problems.push({ at, message: `${issue.message}.` });
  }
  return { values, problems };
}

/** The field that a path into the message leads to, or into; -1 for none. */
export function fieldAt(fields: readonly MessageField[], path: readonly PropertyKey[]): number {
  const keys = path.map(String);
  const within = fields.findIndex((field) => field.path.every((key, depth) => keys[depth] === key));
  // What is missing as a whole is told at the first of its fields.
  return within >= 0
    ? within
    : fields.findIndex((field) => keys.every((key, depth) => field.path[depth] === key));
}

function readText({ control, required }: MessageField, text: string): Typed {
  if (text.trim() === "") return required ? { problem: "Fill this in." } : { value: undefined };
  switch (control) {
    case "line":
    case "text":
    case "email":
    case "url":
    case "date":
      return { value: text };
    case "time":
      return { value: /^\d\d:\d\d$/.test(text) ? `${text}:00` : text };
    case "datetime-local": {
      const date = new Date(text);
      return Number.isNaN(date.getTime())
        ? { problem: "Enter a date and time." }
        : { value: date.toISOString() };
    }
    case "integer":
    case "number": {
      const value = Number(text);
      if (!Number.isFinite(value)) return { problem: "Enter a number." };
      if (control === "integer" && !Number.isInteger(value)) return { problem: "Enter a whole number." };
      return { value };
    }
    case "switch":
      return { value: text === "true" };
    case "lines":
      return {
        value: text
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== ""),
      };
    case "choice":
    case "json":
      try {
        return { value: JSON.parse(text) as JsonValue };
      } catch {
        return { problem: "This is not valid JSON." };
      }
  }
}

function place(values: JsonObject, [key = "", name]: readonly string[], value: JsonValue): void {
  if (name === undefined) {
    values[key] = value;
    return;
  }
  const inner = values[key];
  values[key] = {
    ...(typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {}),
    [name]: value,
  };
}

/** Empty, too, for a schema with more in it than can be checked here. */
function issuesOf(schema: JsonObject, values: JsonObject): z.core.$ZodIssue[] {
  try {
    return z.fromJSONSchema(schema).safeParse(values).error?.issues ?? [];
  } catch {
    return [];
  }
}
