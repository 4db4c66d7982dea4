import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { UserInputField } from "#lib/core/tool-execution.ts";

/** One value that a person types or picks. */
export interface ValueFieldSpec {
  name: string;
  control: "line" | "text" | "integer" | "number" | "boolean" | "choice" | "json";
  description: string | null;
  required: boolean;
  /** Of a choice. */
  options: readonly string[];
  /** What it holds at first; undefined where there is nothing. */
  value: JsonValue | undefined;
}

const LONG_LINE = 60;

/** The fields of a tool's arguments, by its JSON schema; what the schema does not name follows by its value. */
export function argumentFields(schema: JsonObject | null, args: JsonObject): ValueFieldSpec[] {
  const properties = asObject(schema?.["properties"]) ?? {};
  const required = Array.isArray(schema?.["required"]) ? schema["required"] : [];
  const names = [...new Set([...Object.keys(properties), ...Object.keys(args)])];
  return names.map((name) => {
    const property = asObject(properties[name]);
    const options = Array.isArray(property?.["enum"])
      ? property["enum"].filter((option) => typeof option === "string")
      : [];
    const description = property?.["description"];
    return {
      name,
      control: options.length > 0 ? "choice" : controlOf(typeOf(property, args[name]), args[name]),
      description: typeof description === "string" ? description : null,
      required: required.includes(name),
      options,
      value: args[name],
    };
  });
}

const TYPES: Record<UserInputField["field_type"], string> = {
  str: "string",
  int: "integer",
  float: "number",
  bool: "boolean",
  list: "array",
  dict: "object",
};

/** The fields that an agent asks a person for. */
export function inputFields(fields: readonly UserInputField[]): ValueFieldSpec[] {
  return fields.map(({ name, field_type: type, description, value }) => ({
    name,
    control: controlOf(TYPES[type], value ?? undefined),
    description,
    required: false,
    options: [],
    value: value ?? undefined,
  }));
}

function typeOf(property: JsonObject | null, value: JsonValue | undefined): string {
  const named = [property?.["type"] ?? null].flat().find((type) => type !== null && type !== "null");
  if (typeof named === "string") return named;
  if (Array.isArray(value)) return "array";
  return value === undefined || value === null ? "string" : typeof value;
}

function controlOf(type: string, value: JsonValue | undefined): ValueFieldSpec["control"] {
  switch (type) {
    case "integer":
    case "number":
    case "boolean":
      return type;
    case "string":
      return typeof value === "string" && (value.length > LONG_LINE || value.includes("\n"))
        ? "text"
        : "line";
    default:
      return "json";
  }
}

function asObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
