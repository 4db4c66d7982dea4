import type { LanguageModelV4, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { SCRIPTED_MODEL_ID, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import { createScriptedModel } from "#lib/models/scripted/scripted-model.ts";
import type { BoundModel } from "#lib/runtime/ports.ts";

/** Makes the scripted model of this process write down what it is sent. Call it before anything binds the model. */
export function recordPrompts(prompts: LanguageModelV4Prompt[]): void {
  const scripted = createScriptedModel({ wordDelayMs: 0 });
  const model: LanguageModelV4 = {
    ...scripted,
    doStream(call) {
      prompts.push(structuredClone(call.prompt));
      return scripted.doStream(call);
    },
  };
  const bound: BoundModel = {
    model,
    id: SCRIPTED_MODEL_ID,
    provider: SCRIPTED_PROVIDER,
    costMicroUsd: () => 0,
    structuredOutput: "schema",
  };
  const used = processSingleton("scripted-model", () => bound);
  if (used !== bound) throw new Error("The model was bound before.");
}
