import { AppError } from "#lib/core/app-error.ts";
import { type ConnectionTest, PROVIDER_KINDS } from "#lib/core/model-provider.ts";
import { baseUrlOf } from "./base-url-of.ts";
import { createLanguageModel } from "./create-language-model.ts";
import { explainFailure } from "./explain-failure.ts";
import { listRemoteModels, type ProviderAddress } from "./list-remote-models.ts";

/** OpenAI's Responses API takes no less. */
const FEWEST_OUTPUT_TOKENS = 16;

/**
 * Tries a connection out: asks for the list of models, then one model for one word. Never throws for what is wrong at
 * the other end; `detail` says it in a sentence. A server without a list is fine when a model is named.
 */
export async function testConnection(
  address: ProviderAddress,
  model: string | null,
  timeoutMs = 10_000,
): Promise<ConnectionTest> {
  const startedMs = performance.now();
  const finish = (result: Omit<ConnectionTest, "duration_ms">): ConnectionTest => ({
    ...result,
    duration_ms: Math.round(performance.now() - startedMs),
  });
  let models: string[] = [];
  try {
    models = await listRemoteModels(address, timeoutMs);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const hasNoList = model !== null && / \(40[45]\)/.test(error.message);
    if (!hasNoList) return finish({ ok: false, detail: error.message, models, model: null });
  }
  const asked = model ?? pickModel(address, models);
  const listed = `${models.length} ${models.length === 1 ? "model" : "models"} found`;
  if (asked === null) {
    const detail =
      models.length === 0 ? "The server answers but offers no model." : `${listed}; none was asked.`;
    return finish({ ok: models.length > 0, detail, models, model: null });
  }
  try {
    await askForOneWord(address, asked, timeoutMs);
  } catch (error) {
    const { message } = explainFailure(error, new URL(baseUrlOf(address)).origin);
    return finish({ ok: false, detail: message, models, model: asked });
  }
  return finish({ ok: true, detail: `${listed}; ${asked} answered.`, models, model: asked });
}

/** A model that surely chats: one of our examples for a vendor, whose list has other kinds, too; else the first. */
function pickModel(address: ProviderAddress, models: readonly string[]): string | null {
  const examples = PROVIDER_KINDS.find((entry) => entry.kind === address.kind)?.exampleModels ?? [];
  const known = examples.find((example) => models.includes(example));
  if (known !== undefined) return known;
  return address.kind === "openai-compatible" ? (models[0] ?? null) : null;
}

async function askForOneWord(address: ProviderAddress, modelId: string, timeoutMs: number): Promise<void> {
  const model = await createLanguageModel({ ...address, modelId });
  await model.doGenerate({
    prompt: [{ role: "user", content: [{ type: "text", text: "Answer with one word: hello." }] }],
    maxOutputTokens: FEWEST_OUTPUT_TOKENS,
    abortSignal: AbortSignal.timeout(timeoutMs),
  });
}
