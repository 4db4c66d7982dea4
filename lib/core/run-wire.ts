import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";
import { messageSchema, wireMediaSchema } from "./message.ts";
import { reasoningStepSchema } from "./reasoning-step.ts";
import { runRequirementSchema } from "./requirement.ts";
import { runLineageSchema } from "./run-lineage.ts";
import { runMetricsSchema } from "./run-metrics.ts";
import { runStatusSchema } from "./run-status.ts";
import { toolExecutionSchema } from "./tool-execution.ts";

const mediaListSchema = z.array(wireMediaSchema);

/** A whole run as `GET …/runs/{run_id}` and a run with stream=false answer it (the wire's run dict). */
export const runOutputSchema = z.object({
  run_id: z.string(),
  parent_run_id: z.string().optional(),
  agent_id: z.string().optional(),
  agent_name: z.string().optional(),
  session_id: z.string(),
  user_id: z.string().optional(),
  /** Text, or of a run with an output schema the parsed value. */
  content: jsonValueSchema.optional(),
  content_type: z.string().optional(),
  reasoning_content: z.string().optional(),
  reasoning_steps: z.array(reasoningStepSchema).optional(),
  model: z.string().optional(),
  model_provider: z.string().optional(),
  session_state: jsonObjectSchema,
  /** Seconds since the epoch. */
  created_at: z.number().int(),
  status: runStatusSchema,
  metrics: runMetricsSchema.optional(),
  messages: z.array(messageSchema),
  tools: z.array(toolExecutionSchema),
  /** Only after a pause. */
  requirements: z.array(runRequirementSchema).optional(),
  input: z.object({
    input_content: z.string(),
    images: mediaListSchema.optional(),
    videos: mediaListSchema.optional(),
    audios: mediaListSchema.optional(),
    files: mediaListSchema.optional(),
  }),
  /** Files that its tools have brought. */
  images: mediaListSchema.optional(),
  videos: mediaListSchema.optional(),
  audio: mediaListSchema.optional(),
  files: mediaListSchema.optional(),
  metadata: jsonObjectSchema.optional(),
  /** Questions that somebody may want to ask next. */
  followups: z.array(z.string()).optional(),
  ...runLineageSchema.shape,
});

export type RunOutput = z.infer<typeof runOutputSchema>;

/** A background run that was accepted: where to ask for it. */
export const acceptedRunSchema = z.object({
  run_id: z.string(),
  session_id: z.string(),
  /** PENDING; of a repeated request where the first one's run stands. */
  status: runStatusSchema,
});

export type AcceptedRun = z.infer<typeof acceptedRunSchema>;

/** A run in the list of a session's runs (the wire's RunSchema). Times are ISO with `Z`. */
export const runDetailSchema = z.object({
  run_id: z.string(),
  parent_run_id: z.string(),
  agent_id: z.string().optional(),
  user_id: z.string(),
  status: runStatusSchema,
  run_input: z.string(),
  content: jsonValueSchema,
  run_response_format: z.enum(["text", "json"]),
  reasoning_content: z.string(),
  reasoning_steps: z.array(reasoningStepSchema),
  metrics: runMetricsSchema.nullable(),
  messages: z.array(messageSchema),
  tools: z.array(toolExecutionSchema).nullable(),
  created_at: z.string(),
  references: z.array(jsonValueSchema),
  reasoning_messages: z.array(jsonValueSchema),
  session_state: jsonObjectSchema,
  images: mediaListSchema,
  videos: mediaListSchema,
  audio: mediaListSchema,
  files: mediaListSchema,
  input_media: z.object({
    images: mediaListSchema,
    videos: mediaListSchema,
    audios: mediaListSchema,
    files: mediaListSchema,
  }),
  followups: z.array(z.string()).optional(),
  ...runLineageSchema.shape,
});

export type RunDetail = z.infer<typeof runDetailSchema>;
