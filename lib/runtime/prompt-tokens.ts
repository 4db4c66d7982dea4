import type { LanguageModelV4Message } from "@ai-sdk/provider";

/** A word has about four characters in every tokenizer we know; the exact count is the model's own business. */
export const CHARACTERS_PER_TOKEN = 4;

/** The length of all that a message says, in UTF-16 units. A picture's bytes are not read as text and do not count. */
export function messageLength(message: LanguageModelV4Message | undefined): number {
  let length = 0;
  JSON.stringify(message?.content, (_, value: unknown) => {
    if (value instanceof Uint8Array) return null;
    if (typeof value === "string") length += value.length;
    return value;
  });
  return length;
}
