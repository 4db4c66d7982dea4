import { z } from "zod";
import { type JsonValue, jsonObjectSchema } from "../core/json.ts";
import { requirementKindSchema } from "../core/requirement.ts";

/** What the loop keeps beside the rows of a journal for the server only, by the rows' indexes. */
export type JournalInternals = ReadonlyMap<number, JsonValue>;

/** Beside ModelRequestStarted: the prompt as sent, by reference. */
export const sentPromptSchema = z.object({
  /** Hash of the system part's text; absent when there was none. */
  system: z.string().nullish(),
  /** The earlier runs that the model was told of, oldest first. */
  history: z.array(z.string()).default([]),
});

export type SentPrompt = z.infer<typeof sentPromptSchema>;

/** Beside ModelRequestCompleted. */
export const completionSchema = z.object({
  finish_reason: z.string().nullish(),
  /** How many tool calls the turn asks for; the first journals lack it. */
  calls: z.number().int().nonnegative().optional(),
  cost_micro_usd: z.number().nullish(),
  layout: z
    .array(
      z.object({
        type: z.enum(["text", "reasoning", "call"]),
        length: z.number().int().nonnegative().optional(),
        metadata: z.record(z.string(), jsonObjectSchema).optional(),
      }),
    )
    .optional(),
});

/** Beside ToolCallStarted. */
export const startedCallSchema = z.object({
  /** The tool's effect when it was called; absent when the agent had no such tool. */
  effect: z.enum(["read", "idempotent", "write"]).optional(),
  /** Why the tool was not even tried, as the model is told. */
  refusal: z.string().optional(),
  /** The run ends with the refusal. */
  stops: z.literal(true).optional(),
});

/** What a person has decided about a call, and what the decision is bound to. */
const callDecisionSchema = z.object({
  tool_call_id: z.string(),
  kind: requirementKindSchema,
  approval_type: z.enum(["required", "audit"]).nullable(),
  /** The policy under which it was decided. */
  policy_id: z.string().nullish(),
  /** Of the arguments as they were left by the person. */
  arguments_hash: z.string(),
  tool_fingerprint: z.string(),
});

export type CallDecision = z.infer<typeof callDecisionSchema>;

/** Beside RunContinued: why the calls may be made that are made from there on, or why the run ends instead. */
export const decisionsSchema = z.object({
  decisions: z.array(callDecisionSchema),
  ends_with: z.string().optional(),
  /** Absent in journals of before: then the time to decide was over. */
  ends_with_type: z.string().optional(),
});

/** The record beside the row at `index`; undefined when there is none that fits the schema. */
export function internalRecord<T>(
  internals: JournalInternals,
  index: number,
  schema: z.ZodType<T>,
): T | undefined {
  return schema.safeParse(internals.get(index)).data;
}
