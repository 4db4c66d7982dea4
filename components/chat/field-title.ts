import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { resolvedSchema } from "./resolved-schema.ts";

/** What a field is called: its title, or its key as words. */
export function fieldTitle(key: string, schema: JsonObject | null): string {
  const title = schema?.["title"];
  if (typeof title === "string" && title.trim() !== "") return title;
  const words = key
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .trim();
  return words === "" ? key : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The schema of a field of an object, or with null that of an array's items; null where nothing is said of it. */
export function propertyOf(schema: JsonObject | null, key: string | null): JsonObject | null {
  if (schema === null) return null;
  const properties = key === null ? schema : asObject(schema["properties"]);
  const property = asObject(properties?.[key ?? "items"]);
  if (property === null) return null;
  // What a reference names stands at the root, and goes down with the schema.
  const defs = { $defs: schema["$defs"] ?? {}, definitions: schema["definitions"] ?? {} };
  return { ...defs, ...resolvedSchema(property, schema) };
}

function asObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
