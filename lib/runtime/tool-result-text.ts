import type { JsonValue } from "../core/json.ts";
import { storableText } from "../core/storable-json.ts";

/**
 * What the model gets of a tool's result: text as it is, anything else as JSON; at most `maxChars` UTF-16 units
 * and a note when more was cut off. Throws when the value has no JSON.
 */
export function toolResultText(result: JsonValue | undefined, maxChars: number): string {
  const text = typeof result === "string" ? result : (JSON.stringify(result) ?? "null");
  if (text.length <= maxChars) return storableText(text);
  const end = isHighSurrogate(text.charCodeAt(maxChars - 1)) ? maxChars - 1 : maxChars;
  const note = `[Cut off here: ${end} of ${text.length} characters are shown.]`;
  return `${storableText(text.slice(0, end))}\n${note}`;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
