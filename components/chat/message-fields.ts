import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { fieldTitle, propertyOf } from "./field-title.ts";

/** What a field is filled in with. */
export type MessageControl =
  | "line"
  | "text"
  | "integer"
  | "number"
  | "switch"
  | "choice"
  | "date"
  | "datetime-local"
  | "time"
  | "email"
  | "url"
  /** Strings, one to a line. */
  | "lines"
  | "json";

/** One field of a message that is a JSON object. */
export interface MessageField {
  /** Its keys from the root down: one, or two for a field of a nested object. */
  path: readonly string[];
  /** The title of the object that it is nested in. */
  group: string | null;
  label: string;
  description: string | null;
  required: boolean;
  control: MessageControl;
  /** Of a choice. */
  options: readonly JsonValue[];
  /** What it holds at first. */
  initial: string;
}

const LONGEST_LINE = 120;

const FORMATS: Readonly<Record<string, MessageControl>> = {
  date: "date",
  "date-time": "datetime-local",
  time: "time",
  email: "email",
  uri: "url",
  url: "url",
};

/** The fields of a form that makes a message fitting the schema; nested objects one level deep. */
export function messageFields(schema: JsonObject): MessageField[] {
  return keysOf(schema).flatMap((key) => {
    const property = propertyOf(schema, key) ?? {};
    const inner = keysOf(property);
    if (property["type"] !== "object" || inner.length === 0) {
      return [fieldOf([key], property, isRequired(schema, key), null)];
    }
    const group = fieldTitle(key, property);
    const starts = asObject(property["default"]);
    return inner.map((name) => {
      const nested = propertyOf(property, name) ?? {};
      const start = starts?.[name];
      return fieldOf(
        [key, name],
        start === undefined ? nested : { ...nested, default: start },
        isRequired(schema, key) && isRequired(property, name),
        group,
      );
    });
  });
}

/** The text in which a field shows a value. */
function fieldText(control: MessageControl, value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (control === "lines" && Array.isArray(value)) return value.map(String).join("\n");
  // A choice is told apart by its JSON: the number 1 is not the text "1".
  if (control === "choice") return JSON.stringify(value);
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function fieldOf(
  path: readonly string[],
  schema: JsonObject,
  required: boolean,
  group: string | null,
): MessageField {
  const options = optionsOf(schema);
  const control = options.length > 0 ? "choice" : controlOf(schema);
  const description = schema["description"];
  const initial = fieldText(control, schema["default"]);
  return {
    path,
    group,
    label: fieldTitle(path.at(-1) ?? "", schema),
    description: typeof description === "string" && description !== "" ? description : null,
    required,
    control: control === "switch" && !required && initial === "" ? "choice" : control,
    options: control === "switch" ? [true, false] : options,
    initial: control === "switch" && required && initial === "" ? "false" : initial,
  };
}

function controlOf(schema: JsonObject): MessageControl {
  const { type, format } = schema;
  switch (typeof type === "string" ? type : "") {
    case "integer":
      return "integer";
    case "number":
      return "number";
    case "boolean":
      return "switch";
    case "string": {
      const known = typeof format === "string" ? FORMATS[format] : undefined;
      if (known !== undefined) return known;
      const { maxLength, pattern } = schema;
      return pattern !== undefined || (typeof maxLength === "number" && maxLength <= LONGEST_LINE)
        ? "line"
        : "text";
    }
    case "array": {
      const items = propertyOf(schema, null);
      return items?.["type"] === "string" && optionsOf(items).length === 0 ? "lines" : "json";
    }
    default:
      return "json";
  }
}

function optionsOf(schema: JsonObject): readonly JsonValue[] {
  if (Array.isArray(schema["enum"])) return schema["enum"].filter((option) => option !== null);
  return schema["const"] === undefined ? [] : [schema["const"]];
}

/** What has to be there comes first, in the order in which the schema asks for it: a stored object keeps none of its own. */
function keysOf(schema: JsonObject): string[] {
  const keys = Object.keys(asObject(schema["properties"]) ?? {});
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const first = required.filter((key) => keys.includes(key));
  return [...first, ...keys.filter((key) => !first.includes(key))];
}

function isRequired(schema: JsonObject, key: string): boolean {
  return Array.isArray(schema["required"]) && schema["required"].includes(key);
}

function asObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
