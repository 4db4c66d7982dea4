import type { JsonObject, JsonValue } from "#lib/core/json.ts";

/** One line of a schema as a person reads it. */
export interface SchemaLine {
  depth: number;
  name: string;
  required: boolean;
  /** Such as `string`, `list of integer` or `"asc" | "desc"`. */
  type: string;
  /** Limits and default. */
  note: string;
  /** The named schema that the type refers to. */
  reference: string | null;
}

const MAX_DEPTH = 4;

/** Lists the properties of an object schema, nested ones indented under their parent; named schemas are not entered. */
export function schemaOutline(schema: JsonObject, depth = 0): SchemaLine[] {
  const object = objectWithin(schema);
  const properties = isObject(object?.properties) ? object.properties : {};
  const required = Array.isArray(object?.required) ? object.required : [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isObject(property)) return [];
    const line: SchemaLine = {
      depth,
      name,
      required: required.includes(name),
      type: typeOf(property),
      note: noteOf(property),
      reference: referenceWithin(property),
    };
    return line.reference === null && depth < MAX_DEPTH
      ? [line, ...schemaOutline(property, depth + 1)]
      : [line];
  });
}

/** Says in words what a schema allows. */
export function typeOf(schema: JsonObject): string {
  if (typeof schema.$ref === "string") return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const branches = branchesOf(schema);
  if (branches !== null) return [...new Set(branches.map(typeOf))].join(" | ");
  if (Array.isArray(schema.type)) return schema.type.filter((type) => typeof type === "string").join(" | ");
  if (schema.type === "array") return `list of ${isObject(schema.items) ? typeOf(schema.items) : "any"}`;
  if (schema.type === "object" && isObject(schema.additionalProperties)) {
    return `object of ${typeOf(schema.additionalProperties)}`;
  }
  return typeof schema.type === "string" ? schema.type : "any";
}

function noteOf(schema: JsonObject): string {
  const { minimum, maximum, minLength, maxLength, maxItems, pattern } = schema;
  const notes = [
    typeof minimum === "number" ? `at least ${minimum}` : "",
    typeof maximum === "number" ? `at most ${maximum.toLocaleString("en")}` : "",
    typeof minLength === "number" && minLength > 0 ? `${minLength} or more characters` : "",
    typeof maxLength === "number" ? `up to ${maxLength.toLocaleString("en")} characters` : "",
    typeof maxItems === "number" ? `up to ${maxItems} items` : "",
    typeof pattern === "string" ? `matches ${pattern}` : "",
    schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`,
  ];
  return notes.filter((note) => note !== "").join(", ");
}

/** The object whose properties a person wants to see: the schema itself, a list's item, or one of several branches. */
function objectWithin(schema: JsonObject): JsonObject | null {
  if (isObject(schema.properties)) return schema;
  if (isObject(schema.items)) return objectWithin(schema.items);
  for (const branch of branchesOf(schema) ?? []) {
    const object = objectWithin(branch);
    if (object !== null) return object;
  }
  return null;
}

function referenceWithin(schema: JsonObject): string | null {
  if (typeof schema.$ref === "string") return nameOf(schema.$ref);
  if (isObject(schema.items)) return referenceWithin(schema.items);
  for (const branch of branchesOf(schema) ?? []) {
    const reference = referenceWithin(branch);
    if (reference !== null) return reference;
  }
  return null;
}

function branchesOf(schema: JsonObject): JsonObject[] | null {
  const branches = schema.anyOf ?? schema.oneOf;
  return Array.isArray(branches) ? branches.filter(isObject) : null;
}

function nameOf(reference: string): string {
  return reference.split("/").at(-1) ?? reference;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
