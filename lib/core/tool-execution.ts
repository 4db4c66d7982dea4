import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";

/** Seconds since the epoch and a duration in seconds, as the wire has them. */
const toolMetricsSchema = z.object({
  start_time: z.number().nullish(),
  end_time: z.number().nullish(),
  duration: z.number(),
});

/** One value that a person fills in. `field_type` is the wire's name of a JSON type. */
export const userInputFieldSchema = z.object({
  name: z.string(),
  field_type: z.enum(["str", "int", "float", "bool", "list", "dict"]),
  description: z.string().nullable(),
  /** What the model suggests until a person has answered; null where there is nothing. */
  value: jsonValueSchema.nullable(),
});

export type UserInputField = z.infer<typeof userInputFieldSchema>;

/** One question with answers to choose from, which an agent puts to a person. */
export const userQuestionSchema = z.object({
  question: z.string(),
  header: z.string().nullable(),
  multi_select: z.boolean(),
  options: z.array(
    z.object({ label: z.string(), description: z.string().nullable(), selected: z.boolean() }),
  ),
  /** The labels of the answer; null until a person has answered. */
  selected_options: z.array(z.string()).nullable(),
});

export type UserQuestion = z.infer<typeof userQuestionSchema>;

/** One tool call on the wire. Every key is always present; nulls stay. */
export const toolExecutionSchema = z.object({
  tool_call_id: z.string(),
  tool_name: z.string(),
  tool_args: jsonObjectSchema,
  tool_call_error: z.boolean().nullable(),
  result: z.string().nullable(),
  metrics: toolMetricsSchema.nullable(),
  child_run_id: z.string().nullable(),
  stop_after_tool_call: z.boolean(),
  created_at: z.number().int(),
  requires_confirmation: z.boolean().nullable(),
  confirmed: z.boolean().nullable(),
  confirmation_note: z.string().nullable(),
  requires_user_input: z.boolean().nullable(),
  user_input_schema: z.array(userInputFieldSchema).nullable(),
  user_feedback_schema: z.array(userQuestionSchema).nullable(),
  answered: z.boolean().nullable(),
  external_execution_required: z.boolean().nullable(),
  external_execution_silent: z.boolean().nullable(),
  approval_type: z.enum(["required", "audit"]).nullable(),
  approval_id: z.string().nullable(),
});

export type ToolExecution = z.infer<typeof toolExecutionSchema>;
