import { z } from "zod";
import { modelRoleSchema } from "./model-role.ts";
import type { TokenUsage } from "./run-metrics.ts";

const tokenCountSchema = z.number().int().nonnegative();

/** A model call beside a conversation's own, and what it used: it is paid for like any other. */
export const sideCallSchema = z.object({
  role: modelRoleSchema,
  model: z.string(),
  model_provider: z.string(),
  input_tokens: tokenCountSchema,
  output_tokens: tokenCountSchema,
  total_tokens: tokenCountSchema,
  reasoning_tokens: tokenCountSchema,
  cache_read_tokens: tokenCountSchema,
  cache_write_tokens: tokenCountSchema,
  /** Millionths of a US dollar; null where no price is known. */
  cost_micro_usd: z.number().nullable(),
});

export type SideCall = z.infer<typeof sideCallSchema>;

/** The tokens of a call as rows and events of the wire name them. */
export function usageOfCall(
  call: Pick<
    SideCall,
    | "input_tokens"
    | "output_tokens"
    | "total_tokens"
    | "reasoning_tokens"
    | "cache_read_tokens"
    | "cache_write_tokens"
  >,
): TokenUsage {
  return {
    inputTokens: call.input_tokens,
    outputTokens: call.output_tokens,
    totalTokens: call.total_tokens,
    reasoningTokens: call.reasoning_tokens,
    cacheReadTokens: call.cache_read_tokens,
    cacheWriteTokens: call.cache_write_tokens,
  };
}
