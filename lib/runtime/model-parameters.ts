import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import type { JsonObject } from "../core/json.ts";

/** What an agent wants of its model, as the provider is told it and as the journal keeps it. */
export function modelParameters(definition: AgentDefinition): {
  options: Partial<LanguageModelV4CallOptions>;
  recorded: JsonObject;
} {
  const { temperature, max_output_tokens: maxOutputTokens, reasoning_effort: reasoning } = definition;
  return {
    options: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
      ...(reasoning === undefined ? {} : { reasoning }),
    },
    recorded: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
      ...(reasoning === undefined ? {} : { reasoning_effort: reasoning }),
    },
  };
}
