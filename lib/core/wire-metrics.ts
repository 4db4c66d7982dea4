import type { ModelUsage } from "./model-usage.ts";
import type { RunMetrics, TokenUsage } from "./run-metrics.ts";

/** What is known of a run or a session, in our units. */
export interface MeasuredUsage {
  usage: TokenUsage;
  /** Millionths of a US dollar; null where no price is known. */
  costMicroUsd: number | null;
  timeToFirstTokenMs?: number | null;
  durationMs?: number | null;
  models: readonly ModelUsage[];
}

/** Translates to the wire's metrics: seconds, US dollars, zeros and unknowns left out. */
export function wireMetrics(measured: MeasuredUsage): RunMetrics {
  const details: NonNullable<RunMetrics["details"]> = {};
  for (const { role, id, provider, usage } of measured.models) {
    if (usage.totalTokens === 0) continue;
    details[role] = [...(details[role] ?? []), { ...wireTokens(usage), id, provider }];
  }
  return {
    ...wireTokens(measured.usage),
    ...(measured.costMicroUsd ? { cost: measured.costMicroUsd / 1_000_000 } : {}),
    ...optionalSeconds("time_to_first_token", measured.timeToFirstTokenMs),
    ...optionalSeconds("duration", measured.durationMs),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

function optionalSeconds<K extends string>(key: K, ms: number | null | undefined): { [name in K]?: number } {
  return ms === null || ms === undefined ? {} : ({ [key]: ms / 1_000 } as { [name in K]: number });
}

function wireTokens(usage: TokenUsage): RunMetrics {
  const tokens: RunMetrics = {};
  if (usage.inputTokens > 0) tokens.input_tokens = usage.inputTokens;
  if (usage.outputTokens > 0) tokens.output_tokens = usage.outputTokens;
  if (usage.totalTokens > 0) tokens.total_tokens = usage.totalTokens;
  if (usage.reasoningTokens > 0) tokens.reasoning_tokens = usage.reasoningTokens;
  if (usage.cacheReadTokens > 0) tokens.cache_read_tokens = usage.cacheReadTokens;
  if (usage.cacheWriteTokens > 0) tokens.cache_write_tokens = usage.cacheWriteTokens;
  return tokens;
}
