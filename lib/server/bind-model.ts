import type { ModelReference } from "#lib/core/model-reference.ts";
import { AppError } from "#lib/core/app-error.ts";
import { SCRIPTED_MODEL_ID, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findModelProvider, readModelProviderKey } from "#lib/db/model-providers.ts";
import { environment } from "#lib/env.ts";
import { createLanguageModel } from "#lib/models/create-language-model.ts";
import { createScriptedModel } from "#lib/models/scripted/scripted-model.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";
import { rememberBoundModel } from "./remember-bound-model.ts";
import { vendorName } from "./vendor-name.ts";

/**
 * Makes the model that a definition refers to ready to be called: the scripted one without any reading, or one of the
 * organization's connections with its key. Throws `conflict` with a sentence for whoever set the agent up when the
 * connection is gone or switched off, `unavailable` when its key cannot be decrypted.
 */
export async function bindModel(scope: Scope, reference: ModelReference): Promise<BoundModel> {
  if (reference.provider === SCRIPTED_PROVIDER) return bindScripted(reference.id);
  const key = JSON.stringify([scope.organizationId, reference.provider, reference.id]);
  return rememberBoundModel(key, () => bindConnection(scope, reference));
}

function bindScripted(modelId: string): BoundModel {
  if (modelId !== SCRIPTED_MODEL_ID) {
    throw new AppError(
      "conflict",
      `The demo model is ${SCRIPTED_MODEL_ID}; there is no '${modelId}'. Choose another.`,
    );
  }
  return processSingleton("scripted-model", () => {
    const { SCRIPTED_WORD_DELAY_MS: wordDelayMs, SCRIPTED_USD_PER_MILLION_TOKENS: microUsdPerToken } =
      environment();
    return {
      model: createScriptedModel({ wordDelayMs }),
      id: SCRIPTED_MODEL_ID,
      provider: SCRIPTED_PROVIDER,
      costMicroUsd: ({ inputTokens, outputTokens }) =>
        Math.round((inputTokens + outputTokens) * microUsdPerToken),
      structuredOutput: "schema",
    };
  });
}

async function bindConnection(scope: Scope, reference: ModelReference): Promise<BoundModel> {
  const provider = await findModelProvider(scope, reference.provider);
  if (provider === null) {
    throw new AppError(
      "conflict",
      `There is no model connection '${reference.provider}'. Connect it on the Models page, or choose another model for this agent.`,
    );
  }
  if (!provider.enabled) {
    throw new AppError(
      "conflict",
      `The model connection '${provider.name}' is switched off. Switch it on on the Models page, or choose another model for this agent.`,
    );
  }
  const { kind, baseUrl } = provider;
  const apiKey = provider.hasKey ? await readModelProviderKey(scope, provider.id) : null;
  const [model, { priceOf }] = await Promise.all([
    createLanguageModel({ kind, baseUrl, apiKey, modelId: reference.id }),
    // Loaded late: the price list is a megabyte that the scripted model does without.
    import("#lib/models/price.ts"),
  ]);
  return {
    model,
    id: reference.id,
    provider: vendorName(provider),
    // Compatible servers differ: some refuse a schema, some JSON mode. Words are taken by all.
    structuredOutput: kind === "openai-compatible" ? "prompt" : "schema",
    costMicroUsd: (usage) => priceOf({ kind, baseUrl }, reference.id, usage),
  };
}
