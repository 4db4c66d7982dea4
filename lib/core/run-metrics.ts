import { z } from "zod";
import { modelRoleSchema } from "./model-role.ts";

/** Tokens of one or several model calls. Zero where the provider reported nothing. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  reasoningTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** No tokens at all. */
export const NO_USAGE: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  reasoningTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
};

/** Adds two usages field by field. */
export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    totalTokens: a.totalTokens + b.totalTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
}

const modelMetricsSchema = z.object({
  id: z.string(),
  provider: z.string(),
  input_tokens: z.number().int().optional(),
  output_tokens: z.number().int().optional(),
  total_tokens: z.number().int().optional(),
  reasoning_tokens: z.number().int().optional(),
  cache_read_tokens: z.number().int().optional(),
  cache_write_tokens: z.number().int().optional(),
  cost: z.number().optional(),
});

/**
 * Metrics of a run as the wire has them: times in seconds, cost in US dollars; zeros and nulls are left out.
 * `details` has one entry per model used under each role that it was used in.
 */
export const runMetricsSchema = z.object({
  input_tokens: z.number().int().optional(),
  output_tokens: z.number().int().optional(),
  total_tokens: z.number().int().optional(),
  reasoning_tokens: z.number().int().optional(),
  cache_read_tokens: z.number().int().optional(),
  cache_write_tokens: z.number().int().optional(),
  cost: z.number().optional(),
  time_to_first_token: z.number().optional(),
  duration: z.number().optional(),
  details: z.partialRecord(modelRoleSchema, z.array(modelMetricsSchema)).optional(),
});

export type RunMetrics = z.infer<typeof runMetricsSchema>;
