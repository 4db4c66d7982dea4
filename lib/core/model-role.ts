import { z } from "zod";

/** What a model call is for: the run's own turns, or a helper's work beside them. The keys of the wire's `details`. */
export const modelRoleSchema = z.enum([
  "model",
  "output_model",
  "parser_model",
  "memory_model",
  "reasoning_model",
  "session_summary_model",
  "culture_model",
  "learning_model",
  "compression_model",
  "followup_model",
  /** Ours: who judges for a guardrail. */
  "guardrail_model",
]);

export type ModelRole = z.infer<typeof modelRoleSchema>;
