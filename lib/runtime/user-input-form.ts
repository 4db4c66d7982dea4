import type { JsonObject, JsonValue } from "../core/json.ts";
import type { Tool } from "../core/tool.ts";
import type { UserInputField } from "../core/tool-execution.ts";
import { inputJsonSchema } from "./input-json-schema.ts";

const FIELD_TYPES: Readonly<Record<string, UserInputField["field_type"]>> = {
  string: "str",
  integer: "int",
  number: "float",
  boolean: "bool",
  array: "list",
  object: "dict",
};

/** The form in which a person fills in a call's arguments: all of them, with what the model has given. */
export function userInputForm(tool: Tool, args: JsonObject): UserInputField[] {
  const { properties } = inputJsonSchema(tool);
  return Object.entries(isObject(properties) ? properties : {}).map(([name, schema]) => ({
    name,
    field_type: fieldType(schema),
    description: isObject(schema) && typeof schema.description === "string" ? schema.description : null,
    value: args[name] ?? null,
  }));
}

/** The first type that a schema names; text where it names none that we know. */
function fieldType(schema: JsonValue | undefined): UserInputField["field_type"] {
  if (!isObject(schema)) return "str";
  const named = [schema.type].flat().find((type) => typeof type === "string" && type in FIELD_TYPES);
  if (typeof named === "string") return FIELD_TYPES[named] ?? "str";
  const options = [schema.anyOf, schema.oneOf].flat().filter(isObject);
  const first = options.find((option) => option.type !== "null");
  return first === undefined ? "str" : fieldType(first);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
