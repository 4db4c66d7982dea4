import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";

/**
 * Asks OpenAI not to keep the conversation: our own journal is the history, and a kept response is referred to by ids
 * that another account could not read. Encrypted reasoning then travels with the messages instead.
 */
export function storeNothing(model: LanguageModelV4): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doStream: (options) => model.doStream(withoutStore(options)),
    doGenerate: (options) => model.doGenerate(withoutStore(options)),
  };
}

function withoutStore(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  // Strict schemas know no optional fields; what comes is checked here anyway.
  const openai = { store: false, strictJsonSchema: false, ...options.providerOptions?.["openai"] };
  return { ...options, providerOptions: { ...options.providerOptions, openai } };
}
