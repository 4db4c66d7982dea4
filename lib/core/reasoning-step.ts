import { z } from "zod";

/** One step of an agent's reasoning, as the wire has it. */
export const reasoningStepSchema = z.object({
  title: z.string().nullable(),
  action: z.string().nullable(),
  result: z.string().nullable(),
  reasoning: z.string().nullable(),
  next_action: z.enum(["continue", "validate", "final_answer", "reset"]).nullable(),
  /** From 0 to 1. */
  confidence: z.number().nullable(),
});

export type ReasoningStep = z.infer<typeof reasoningStepSchema>;

/** A step in words, as markdown. */
export function reasoningStepText({ title, reasoning, action, result }: ReasoningStep): string {
  return [
    title === null ? "" : `## ${title}`,
    reasoning ?? "",
    action === null ? "" : `Action: ${action}`,
    result === null ? "" : `Result: ${result}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}
