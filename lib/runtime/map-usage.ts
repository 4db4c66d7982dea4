import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { TokenUsage } from "../core/run-metrics.ts";

/** The provider's usage as our counts; zero where it reported nothing. Providers' figures are not trusted blindly. */
export function mapUsage(usage: LanguageModelV4Usage): TokenUsage {
  const { inputTokens: input, outputTokens: output } = usage;
  const inputTokens =
    count(input.total) || count(input.noCache) + count(input.cacheRead) + count(input.cacheWrite);
  const outputTokens = count(output.total) || count(output.text) + count(output.reasoning);
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    reasoningTokens: count(output.reasoning),
    cacheReadTokens: count(input.cacheRead),
    cacheWriteTokens: count(input.cacheWrite),
  };
}

/** Counts fit the database's 32-bit columns with room for a run's sum. */
const MAX_COUNT = 100_000_000;

function count(tokens: number | undefined): number {
  return tokens === undefined || !(tokens > 0) ? 0 : Math.min(MAX_COUNT, Math.round(tokens));
}
