import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";

/** Seconds since the epoch and a duration in seconds, as the wire has them. */
const toolMetricsSchema = z.object({
  start_time: z.number().nullish(),
  end_time: z.number().nullish(),
  duration: z.number(),
});

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
  user_input_schema: z.array(jsonValueSchema).nullable(),
  user_feedback_schema: z.array(jsonValueSchema).nullable(),
  answered: z.boolean().nullable(),
  external_execution_required: z.boolean().nullable(),
  external_execution_silent: z.boolean().nullable(),
  approval_type: z.enum(["required", "audit"]).nullable(),
  approval_id: z.string().nullable(),
});

export type ToolExecution = z.infer<typeof toolExecutionSchema>;
