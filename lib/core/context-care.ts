import { z } from "zod";
import { modelReferenceSchema } from "./model-reference.ts";

/** How results of tools are made shorter. A token limit alone takes the place of the count. */
export const compressionManagerSchema = z.object({
  /** The model that does it; absent: the agent's own. */
  model: modelReferenceSchema.optional(),
  /** So many results that were not made shorter yet; absent: 3, unless there is a token limit. */
  compress_tool_results_limit: z.number().int().min(1).max(1_000).optional(),
  /** So many tokens of the whole prompt, estimated by its length. */
  compress_token_limit: z.number().int().min(1).max(10_000_000).optional(),
  /** What the model is told to keep, in place of ours. */
  compress_tool_call_instructions: z.string().min(1).max(20_000).optional(),
});

/** How a session's summary is made. */
export const sessionSummaryManagerSchema = z.object({
  /** The model that does it; absent: the agent's own. */
  model: modelReferenceSchema.optional(),
  /** What the model is told to write, in place of ours. */
  session_summary_prompt: z.string().min(1).max(20_000).optional(),
  /** How many of the last runs it is told of; absent: those since the last summary. */
  last_n_runs: z.number().int().min(1).max(100).optional(),
  /** Most messages of them, the last ones. */
  conversation_limit: z.number().int().min(1).max(1_000).optional(),
});
