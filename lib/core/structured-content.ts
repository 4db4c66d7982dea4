import type { JsonValue } from "./json.ts";

/** An answer as the wire has it: the journal keeps a structured one as its JSON text. */
export function structuredContent(content: string, contentType: string): JsonValue {
  return contentType === "str" ? content : (JSON.parse(content) as JsonValue);
}
