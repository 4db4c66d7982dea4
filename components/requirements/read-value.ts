import type { JsonValue } from "#lib/core/json.ts";
import type { ValueFieldSpec } from "./value-field-spec.ts";

type ReadValue = { value: JsonValue | undefined; problem: null } | { problem: string };

/** The text in which a field shows its value. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Reads what was typed as the field's kind of value; nothing typed leaves an optional one out. */
export function readValue(spec: Pick<ValueFieldSpec, "control" | "required">, text: string): ReadValue {
  const isText = spec.control === "line" || spec.control === "text";
  if (text.trim() === "" && !(isText && spec.required)) {
    return spec.required ? { problem: "Fill this in." } : { value: undefined, problem: null };
  }
  switch (spec.control) {
    case "line":
    case "text":
    case "choice":
      return { value: text, problem: null };
    case "boolean":
      return { value: text === "true", problem: null };
    case "integer":
    case "number": {
      const value = Number(text);
      if (!Number.isFinite(value)) return { problem: "Enter a number." };
      if (spec.control === "integer" && !Number.isInteger(value)) return { problem: "Enter a whole number." };
      return { value, problem: null };
    }
    case "json":
      try {
        return { value: JSON.parse(text) as JsonValue, problem: null };
      } catch {
        return { problem: "This is not valid JSON." };
      }
  }
}
