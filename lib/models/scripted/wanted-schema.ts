import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";

const IN_WORDS = /<json_schema>\n(.*)\n<\/json_schema>/;

/** The schema that the answer has to fit: as given, or as the system message has it in words; undefined for text. */
export function wantedSchema({ responseFormat, prompt }: LanguageModelV4CallOptions): unknown {
  if (responseFormat?.type === "json" && responseFormat.schema !== undefined) return responseFormat.schema;
  for (const message of prompt) {
    if (message.role !== "system") continue;
    const schema = parsed(IN_WORDS.exec(message.content)?.[1] ?? "");
    if (schema !== undefined) return schema;
  }
  return responseFormat?.type === "json" ? {} : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
