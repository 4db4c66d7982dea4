import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";
import { reasoningStepSchema } from "./reasoning-step.ts";
import { runRequirementSchema } from "./requirement.ts";
import type { RunEventType } from "./run-event.ts";
import { wireMediaSchema } from "./message.ts";
import { runMetricsSchema } from "./run-metrics.ts";
import { toolExecutionSchema } from "./tool-execution.ts";

const text = z.string();
const count = z.number().int().nonnegative();
const model = { model: text.optional(), model_provider: text.optional() };
const media = z.array(wireMediaSchema);
const tools = z.array(toolExecutionSchema);
const checkedInput = z.object({ input_content: text });

/** What each event of an agent's run has beside the fields that all have; `toFrame` writes them. */
const FIELDS = {
  RunStarted: model,
  RunRecovered: { discarded_from_index: z.number().int(), retry_of: text.optional() },
  ModelRequestStarted: model,
  ModelRequestCompleted: {
    ...model,
    input_tokens: count,
    output_tokens: count,
    total_tokens: count,
    /** Seconds. */
    time_to_first_token: z.number().optional(),
    reasoning_tokens: count,
    cache_read_tokens: count,
    cache_write_tokens: count,
  },
  RunContent: { content: text, workflow_agent: z.boolean(), content_type: text, reasoning_content: text },
  RunIntermediateContent: { content: text, content_type: text },
  RunContentCompleted: {},
  ReasoningStarted: {},
  ReasoningContentDelta: { reasoning_content: text },
  ReasoningCompleted: { content: text.optional(), content_type: text },
  ReasoningStep: { content: reasoningStepSchema, content_type: text, reasoning_content: text },
  ToolCallStarted: { tool: toolExecutionSchema },
  ToolCallCompleted: {
    content: text,
    tool: toolExecutionSchema,
    images: media.optional(),
    videos: media.optional(),
    audio: media.optional(),
    files: media.optional(),
  },
  ToolCallError: { error: text, tool: toolExecutionSchema },
  CompressionStarted: {},
  CompressionCompleted: { tool_results_compressed: count, original_size: count, compressed_size: count },
  OutputModelResponseStarted: {},
  OutputModelResponseCompleted: {},
  ParserModelResponseStarted: {},
  ParserModelResponseCompleted: {},
  FollowupsStarted: {},
  FollowupsCompleted: { followups: z.array(text) },
  PreHookStarted: { pre_hook_name: text, run_input: checkedInput.optional() },
  PreHookCompleted: { pre_hook_name: text, run_input: checkedInput.optional() },
  PostHookStarted: { post_hook_name: text },
  PostHookCompleted: { content: text.optional(), post_hook_name: text },
  RunPaused: { content: text, tools, requirements: z.array(runRequirementSchema) },
  RunContinued: { tools, input: text.optional() },
  RunCompleted: {
    content: jsonValueSchema,
    content_type: text,
    reasoning_content: text.optional(),
    reasoning_steps: z.array(reasoningStepSchema).optional(),
    session_state: jsonObjectSchema,
    metadata: jsonObjectSchema.optional(),
    followups: z.array(text).optional(),
    metrics: runMetricsSchema,
  },
  RunCancelled: { content: text.optional(), reason: text },
  RunError: {
    content: text,
    error_type: text.optional(),
    error_id: text.optional(),
    additional_data: jsonValueSchema.optional(),
  },
} satisfies Record<RunEventType | "RunIntermediateContent", z.ZodRawShape>;

const frames = Object.entries(FIELDS).map(([event, fields]) =>
  z.object({
    /** Seconds since the epoch. */
    created_at: z.number().int(),
    event: z.literal(event),
    agent_id: text,
    agent_name: text,
    run_id: text,
    parent_run_id: text.optional(),
    session_id: text,
    nested_depth: count,
    ...fields,
    /** The cursor that the frame moves a reader to. */
    event_index: count,
  }),
);

/** One frame of an agent's run as a stream has it, told apart by `event`. */
export const agentFrameSchema = z.union(frames);
