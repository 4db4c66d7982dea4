import type { RunMetrics, TokenUsage } from "./run-metrics.ts";

/** What a run has used, in our units. */
export interface RunUsage {
  usage: TokenUsage;
  /** Millionths of a US dollar; null where no price is known. */
  costMicroUsd: number | null;
  timeToFirstTokenMs: number | null;
  durationMs: number | null;
  /** The one model of the run; null when none is known. */
  model: { id: string; provider: string } | null;
}

/** A run's metrics as the wire has them: seconds and dollars, zeros and unknowns left out. */
export function toRunMetrics(run: RunUsage): RunMetrics {
  const counts = wireCounts(run.usage, run.costMicroUsd);
  const metrics: RunMetrics = { ...counts };
  if (run.timeToFirstTokenMs !== null) metrics.time_to_first_token = run.timeToFirstTokenMs / 1000;
  if (run.durationMs !== null) metrics.duration = run.durationMs / 1000;
  if (run.model !== null && run.usage.totalTokens > 0) {
    metrics.details = { model: [{ id: run.model.id, provider: run.model.provider, ...counts }] };
  }
  return metrics;
}

function wireCounts(usage: TokenUsage, costMicroUsd: number | null) {
  return {
    ...(usage.inputTokens > 0 ? { input_tokens: usage.inputTokens } : {}),
    ...(usage.outputTokens > 0 ? { output_tokens: usage.outputTokens } : {}),
    ...(usage.totalTokens > 0 ? { total_tokens: usage.totalTokens } : {}),
    ...(usage.reasoningTokens > 0 ? { reasoning_tokens: usage.reasoningTokens } : {}),
    ...(usage.cacheReadTokens > 0 ? { cache_read_tokens: usage.cacheReadTokens } : {}),
    ...(usage.cacheWriteTokens > 0 ? { cache_write_tokens: usage.cacheWriteTokens } : {}),
    ...(costMicroUsd !== null && costMicroUsd > 0 ? { cost: costMicroUsd / 1_000_000 } : {}),
  };
}
