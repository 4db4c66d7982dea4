import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { NO_USAGE, type TokenUsage } from "../core/run-metrics.ts";
import { mostPromptTokens } from "./most-prompt-tokens.ts";
import type { BoundModel } from "./ports.ts";

type Request = Omit<LanguageModelV4CallOptions, "abortSignal">;

/** The most tokens of an answer under a budget where the agent names none: what nearly every model can write. */
export const CAPPED_OUTPUT_TOKENS = 8_192;

/** Some providers count thinking apart from the answer; none lets it take more than the answer may. */
const THINKING_FACTOR = 2;

/**
 * The most that a request can cost, in millionths of a US dollar: all of its prompt at the dearer of the plain price
 * and the price of writing it to a cache, and an answer as long as `maxOutputTokens` lets it be, twice that where the
 * model is told to think. Null where the model has no known price.
 */
export function worstCaseMicroUsd(
  model: Pick<BoundModel, "costMicroUsd">,
  request: Request & { maxOutputTokens: number },
): number | null {
  const inputTokens = mostPromptTokens(request);
  const thinks = request.reasoning !== undefined && request.reasoning !== "none";
  const outputTokens = request.maxOutputTokens * (thinks ? THINKING_FACTOR : 1);
  const plain: TokenUsage = {
    ...NO_USAGE,
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
  };
  const costs = [plain, { ...plain, cacheWriteTokens: inputTokens }].map((usage) =>
    model.costMicroUsd(usage),
  );
  const known = costs.filter((cost) => cost !== null);
  return known.length < costs.length ? null : Math.ceil(Math.max(...known));
}
