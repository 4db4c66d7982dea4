import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelProviderKind } from "#lib/core/model-provider.ts";
import { baseUrlOf } from "./base-url-of.ts";
import { storeNothing } from "./store-nothing.ts";

/** Where one model is and how to be let in. */
export interface LanguageModelAddress {
  kind: ModelProviderKind;
  /** Null: the kind's own address. */
  baseUrl: string | null;
  apiKey: string | null;
  modelId: string;
  /** Replaces the network, for tests. */
  fetch?: typeof globalThis.fetch;
}

/**
 * Makes a model of the AI SDK's provider packages, each loaded at its first use. All of them implement spec V4.
 * OpenAI is called by its Responses API (reasoning models use tools there), compatible servers by chat completions.
 */
export async function createLanguageModel(address: LanguageModelAddress): Promise<LanguageModelV4> {
  const { kind, modelId } = address;
  const fetch = address.fetch ?? (await import("./provider-fetch.ts")).providerFetch(address.apiKey);
  const baseURL = baseUrlOf(address);
  // An absent key must not make a package look into the environment.
  const apiKey = address.apiKey ?? "";
  switch (kind) {
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return storeNothing(createOpenAI({ baseURL, apiKey, fetch }).responses(modelId));
    }
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic({ baseURL, apiKey, fetch })(modelId);
    }
    case "google": {
      const { createGoogle } = await import("@ai-sdk/google");
      return createGoogle({ baseURL, apiKey, fetch })(modelId);
    }
    case "openai-compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const key = address.apiKey === null ? {} : { apiKey };
      return createOpenAICompatible({
        name: "compatible",
        baseURL,
        fetch,
        includeUsage: true,
        // Without it a schema is dropped on the way. It is only given to models that are known to take one.
        supportsStructuredOutputs: true,
        ...key,
      })(modelId);
    }
  }
}
