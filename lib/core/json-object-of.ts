import { type JsonObject, jsonObjectSchema } from "./json.ts";

/** The JSON object that a text is; null for any other text. */
export function jsonObjectOf(text: string): JsonObject | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    return jsonObjectSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
