import type { JsonObject } from "./json.ts";

/** A schema's name on the wire, as `content_type` has it: its title, else what the wire calls one without. */
export function schemaTitle(schema: JsonObject): string {
  const title = schema["title"];
  return typeof title === "string" && title.trim() !== "" ? title.trim().slice(0, 128) : "dict";
}
