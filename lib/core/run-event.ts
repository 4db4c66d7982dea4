import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./json.ts";
import { reasoningStepSchema } from "./reasoning-step.ts";
import { runRequirementSchema } from "./requirement.ts";
import { runMetricsSchema } from "./run-metrics.ts";
import { runOverridesSchema } from "./run-overrides.ts";
import { sideCallSchema } from "./side-call.ts";
import { toolExecutionSchema } from "./tool-execution.ts";

/** Version of the event bodies below; a change of meaning raises it and keeps a reader of the older one. */
export const RUN_EVENT_SCHEMA_VERSION = 1;

const cutsSchema = z.array(z.number().int().nonnegative()).optional();
const tokenCountSchema = z.number().int().nonnegative();

const mediaSchema = z.object({
  id: z.string(),
  filename: z.string(),
  mime_type: z.string(),
  size: z.number().int(),
  /** SHA-256 of the bytes in the organization's blobs. */
  hash: z.string(),
});

/** An uploaded file as the journal refers to it; the bytes live in a blob. */
export type RunAttachment = z.infer<typeof mediaSchema>;

/** What was looked for, by its label, and how often it was found. */
const foundSchema = z.record(z.string(), z.number().int());

/** A question as a run keeps it. */
export const runInputSchema = z.object({
  content: z.string(),
  attachments: z.array(mediaSchema).optional(),
  /** What of people's data was masked in it before it was kept; `refused`: nothing of it was. */
  screened: z.object({ found: foundSchema, refused: z.literal(true).optional() }).optional(),
});

export type RunInput = z.infer<typeof runInputSchema>;

/** Of the two events of a hook or a guardrail. Ours: `toFrame` leaves it out. */
const checkShape = {
  kind: z.enum(["hook", "guardrail"]),
  /** Its place among what is done in this phase. */
  position: z.number().int().nonnegative(),
};

/** What came of a hook or a guardrail that let the run go on. Ours: `toFrame` leaves it out. */
const checkResultShape = {
  ...checkShape,
  found: foundSchema.optional(),
  /** Why it came to nothing: the run has gone on without it. */
  error: z.string().optional(),
  /** What models were asked for it. */
  calls: z.array(sideCallSchema).optional(),
};

/** What a run was asked, as the events of hooks tell it. A long question that nobody has changed is left out. */
const echoedInputSchema = z.object({ input_content: z.string() });

const bodies = [
  z.object({
    type: z.literal("RunStarted"),
    model: z.string().optional(),
    model_provider: z.string().optional(),
    /** The question itself. Ours: the wire's RunStarted does not carry it, `toFrame` leaves it out. */
    input: runInputSchema.optional(),
    /** What the run wants otherwise than the agent's definition. Ours: `toFrame` leaves it out. */
    overrides: runOverridesSchema.optional(),
  }),
  z.object({
    type: z.literal("RunRecovered"),
    discarded_from_index: z.number().int(),
    /** The error after which the run goes on; absent after a restart. */
    retry_of: z.string().optional(),
  }),
  z.object({
    type: z.literal("ModelRequestStarted"),
    model: z.string().optional(),
    model_provider: z.string().optional(),
    /** What the model is told of an answer that does not fit its schema. Ours: `toFrame` leaves it out. */
    repair: z.string().optional(),
  }),
  z.object({
    type: z.literal("ModelRequestCompleted"),
    model: z.string().optional(),
    model_provider: z.string().optional(),
    input_tokens: tokenCountSchema,
    output_tokens: tokenCountSchema,
    total_tokens: tokenCountSchema,
    /** Seconds. */
    time_to_first_token: z.number().optional(),
    reasoning_tokens: tokenCountSchema,
    cache_read_tokens: tokenCountSchema,
    cache_write_tokens: tokenCountSchema,
    /** The models that failed before this one answered, in order. Ours: `toFrame` leaves it out. */
    failed_models: z
      .array(
        z.object({
          model: z.string(),
          model_provider: z.string(),
          error_type: z.string(),
          error: z.string(),
        }),
      )
      .optional(),
    /** The calls that wait for a person, with their places among the turn's calls. Ours: `toFrame` leaves it out. */
    held: z
      .array(
        z.object({
          position: z.number().int(),
          tool: toolExecutionSchema,
          asked_args: jsonObjectSchema.optional(),
        }),
      )
      .optional(),
  }),
  /** `cuts` is present on compacted rows: the UTF-16 offset at which each of the original pieces ends. */
  z.object({
    type: z.literal("RunContent"),
    content: z.string(),
    content_type: z.string(),
    /** What another model makes the answer of. On the wire it is RunIntermediateContent. */
    intermediate: z.literal(true).optional(),
    cuts: cutsSchema,
  }),
  z.object({ type: z.literal("RunContentCompleted") }),
  z.object({ type: z.literal("ReasoningStarted") }),
  z.object({
    type: z.literal("ReasoningContentDelta"),
    reasoning_content: z.string(),
    cuts: cutsSchema,
  }),
  z.object({
    type: z.literal("ReasoningCompleted"),
    content: z.string().optional(),
    content_type: z.string(),
  }),
  /** Comes right after the end of the call that brought it. */
  z.object({
    type: z.literal("ReasoningStep"),
    content: reasoningStepSchema,
    content_type: z.literal("ReasoningStep"),
    /** The step in words. */
    reasoning_content: z.string(),
  }),
  z.object({
    type: z.literal("ToolCallStarted"),
    tool: toolExecutionSchema,
    /** The arguments that the model gave, where hooks have prepared others. Ours: `toFrame` leaves it out. */
    asked_args: jsonObjectSchema.optional(),
  }),
  z.object({
    type: z.literal("ToolCallCompleted"),
    tool: toolExecutionSchema,
    content: z.string(),
    /** Files that the result brings: `toFrame` gives them by their kinds. */
    media: z.array(mediaSchema).optional(),
    /** The arguments that a hook has put in place of the call's. Ours: `toFrame` leaves it out. */
    changed_args: jsonObjectSchema.optional(),
    /** An earlier result has answered the call. Ours: `toFrame` leaves it out. */
    from_cache: z.literal(true).optional(),
  }),
  z.object({ type: z.literal("ToolCallError"), tool: toolExecutionSchema, error: z.string() }),
  z.object({ type: z.literal("CompressionStarted") }),
  /** Sizes are characters, of the results that were made shorter. */
  z.object({
    type: z.literal("CompressionCompleted"),
    tool_results_compressed: tokenCountSchema,
    original_size: tokenCountSchema,
    compressed_size: tokenCountSchema,
    /**
     * What the model is told of these calls from here on; null: their results stay as they are, for they could not be
     * made shorter. Ours: `toFrame` leaves it out.
     */
    results: z.array(z.object({ tool_call_id: z.string(), content: z.string().nullable() })),
    /** Ours: `toFrame` leaves it out. */
    calls: z.array(sideCallSchema).optional(),
  }),
  /** Another model puts the answer into words of its own; its RunContent comes between the two. */
  z.object({ type: z.literal("OutputModelResponseStarted") }),
  z.object({
    type: z.literal("OutputModelResponseCompleted"),
    /** The answer from here on. Ours: `toFrame` leaves it out. */
    content: z.string(),
    /** Ours: `toFrame` leaves it out. */
    calls: z.array(sideCallSchema).optional(),
  }),
  /** Another model makes JSON of the answer. */
  z.object({ type: z.literal("ParserModelResponseStarted") }),
  z.object({
    type: z.literal("ParserModelResponseCompleted"),
    /** The answer from here on: the JSON text of a value that fits, or the text as it was. Ours, as are the rest. */
    content: z.string(),
    content_type: z.string(),
    warning: z.string().optional(),
    calls: z.array(sideCallSchema).optional(),
  }),
  z.object({ type: z.literal("FollowupsStarted") }),
  z.object({
    type: z.literal("FollowupsCompleted"),
    /** None when they could not be made: the answer stands without them. */
    followups: z.array(z.string()),
    /** Ours: `toFrame` leaves it out. */
    calls: z.array(sideCallSchema).optional(),
  }),
  /** What is still open: calls and requirements of the turn that have their answer are not listed again. */
  z.object({
    type: z.literal("RunPaused"),
    content: z.string(),
    tools: z.array(toolExecutionSchema),
    requirements: z.array(runRequirementSchema),
  }),
  /** The calls as people have answered them. Those that are confirmed or filled in are made from here on. */
  z.object({
    type: z.literal("RunContinued"),
    tools: z.array(toolExecutionSchema),
    /** What somebody has added to the question. */
    input: runInputSchema.optional(),
    /** Everything before this is a copy of what another run did. Ours: `toFrame` leaves it out. */
    forked: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal("PreHookStarted"),
    pre_hook_name: z.string(),
    run_input: echoedInputSchema.optional(),
    ...checkShape,
  }),
  z.object({
    type: z.literal("PreHookCompleted"),
    pre_hook_name: z.string(),
    run_input: echoedInputSchema.optional(),
    /** What is asked from here on. Ours: `toFrame` leaves it out. */
    changed: z.literal(true).optional(),
    ...checkResultShape,
  }),
  z.object({ type: z.literal("PostHookStarted"), post_hook_name: z.string(), ...checkShape }),
  z.object({
    type: z.literal("PostHookCompleted"),
    post_hook_name: z.string(),
    /** The answer from here on, when it was changed. */
    content: z.string().optional(),
    ...checkResultShape,
  }),
  z.object({
    type: z.literal("RunCompleted"),
    /** The JSON text of a structured answer: `toFrame` gives its value. */
    content: z.string(),
    /** "str", or the name of the schema that the answer fits. */
    content_type: z.string(),
    /** Why the content is text although a schema was given. Ours: `toFrame` leaves it out. */
    warning: z.string().optional(),
    reasoning_content: z.string().optional(),
    reasoning_steps: z.array(reasoningStepSchema).optional(),
    metrics: runMetricsSchema,
    session_state: jsonObjectSchema,
    metadata: jsonObjectSchema.optional(),
    followups: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal("RunCancelled"), reason: z.string(), content: z.string().optional() }),
  z.object({
    type: z.literal("RunError"),
    content: z.string(),
    error_type: z.string().optional(),
    error_id: z.string().optional(),
    additional_data: jsonValueSchema.optional(),
  }),
] as const;

/** The body of every event that a run's journal may hold, told apart by `type`, the wire's event name. */
export const runEventBodySchema = z.discriminatedUnion("type", bodies);

export type RunEventBody = z.infer<typeof runEventBodySchema>;

export type RunEventType = RunEventBody["type"];

/** The body of one kind of event. */
export type RunEventBodyOf<T extends RunEventType> = Extract<RunEventBody, { type: T }>;
