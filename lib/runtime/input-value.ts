import type { JsonValue } from "../core/json.ts";
import type { UserInputField } from "../core/tool-execution.ts";

/**
 * A value that a person has typed into a field as the field's type has it: forms send text. What cannot be read so
 * stays as it came, for the tool's schema to refuse; an empty text in a field that is not text is no value.
 */
export function inputValue(value: JsonValue, type: UserInputField["field_type"]): JsonValue {
  if (typeof value !== "string" || type === "str") return value;
  const text = value.trim();
  if (text === "") return null;
  switch (type) {
    case "int":
    case "float": {
      const number = Number(text);
      return Number.isFinite(number) ? number : value;
    }
    case "bool":
      return text === "true" ? true : text === "false" ? false : value;
    case "list":
    case "dict":
      try {
        return JSON.parse(text) as JsonValue;
      } catch {
        return value;
      }
  }
}
