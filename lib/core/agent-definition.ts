import { z } from "zod";
import { usdAmountSchema } from "./budget.ts";
import { jsonObjectSchema } from "./json.ts";
import { compressionManagerSchema, sessionSummaryManagerSchema } from "./context-care.ts";
import { fallbackConfigSchema, fallbackModelsSchema } from "./fallback-models.ts";
import { codeNameSchema, guardrailSchema, hookReferenceSchema } from "./guardrail.ts";
import { modelReferenceSchema } from "./model-reference.ts";
import { jsonSchemaSchema } from "./json-schema.ts";
import { toolSettingsSchema } from "./tool-settings.ts";

/** Ids as the wire derives them from names: lower case, digits, hyphens. */
export const componentIdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, "Use lower-case letters, digits, dots, hyphens and underscores.");

/**
 * An agent as data: what a stored version's `config` holds and what `defineAgent` makes.
 * Keys are the wire's. Limits keep one definition under a megabyte.
 */
export const agentDefinitionSchema = z.object({
  id: componentIdSchema,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).optional(),
  role: z.string().max(2_000).optional(),
  instructions: z.string().max(200_000).default(""),
  /** What the answer is to be like, in words. */
  expected_output: z.string().max(20_000).optional(),
  /** Stands behind everything else that never changes. */
  additional_context: z.string().max(200_000).optional(),
  /** The whole system message; nothing else is put into it but the answer's schema, for models that take none. */
  system_message: z.string().min(1).max(200_000).optional(),
  /** Whether names in braces give way to values of the session's state. */
  resolve_in_context: z.boolean().default(true),
  model: modelReferenceSchema,
  /** Models that stand in, the first to try first, when the model fails for no fault of the request. */
  fallback_models: fallbackModelsSchema.default([]),
  fallback_config: fallbackConfigSchema.prefault({}),
  /** Names of tools from the registry. */
  tools: z.array(z.string().min(1).max(64)).max(128).default([]),
  /** By a tool's name: what its calls wait for beside what the tool itself asks for. */
  tool_settings: z.record(z.string().min(1).max(64), toolSettingsSchema).default({}),
  /** Names of hooks from the registry that stand around every tool call, outermost first. */
  tool_hooks: z.array(z.string().min(1).max(64)).max(20).default([]),
  /** Values for the agent's tools; a run may give more. */
  dependencies: jsonObjectSchema.default({}),
  /** Whether the model is told of them. */
  add_dependencies_to_context: z.boolean().default(false),
  /** Checks of what is asked and answered, in order; masks of people's data come before all else. */
  guardrails: z.array(guardrailSchema).max(20).default([]),
  /** Hooks in code that run before the model is asked, and when the answer is there. */
  pre_hooks: z.array(hookReferenceSchema).max(20).default([]),
  post_hooks: z.array(hookReferenceSchema).max(20).default([]),
  /** Names of middleware in code around each call of a model, the outermost first. */
  model_middleware: z.array(codeNameSchema).max(10).default([]),
  markdown: z.boolean().default(true),
  add_history_to_context: z.boolean().default(true),
  /** How many earlier runs of the session the model sees. */
  num_history_runs: z.number().int().min(1).max(1_000).default(10),
  /** Most messages of them, the last ones. */
  num_history_messages: z.number().int().min(1).max(10_000).optional(),
  /** Most tokens of them, estimated by their length. */
  num_history_tokens: z.number().int().min(1).max(10_000_000).optional(),
  /** How many of their tool calls the model is told of, the last ones. */
  max_tool_calls_from_history: z.number().int().min(0).max(1_000).optional(),
  /** Whether old results of tools are made shorter by a model before they are sent again. */
  compress_tool_results: z.boolean().default(false),
  compression_manager: compressionManagerSchema.prefault({}),
  /** Whether a model sums up the session after each answered run. */
  enable_session_summaries: z.boolean().default(false),
  session_summary_manager: sessionSummaryManagerSchema.prefault({}),
  /** Whether the model is told the session's summary; absent: when there are summaries. */
  add_session_summary_to_context: z.boolean().optional(),
  /** Whether a model suggests what to ask next after each answer. */
  followups: z.boolean().default(false),
  num_followups: z.number().int().min(1).max(10).default(3),
  /** The model that suggests; absent: the agent's own. */
  followup_model: modelReferenceSchema.optional(),
  add_session_state_to_context: z.boolean().default(false),
  /** Whether the agent may change the session's state by a tool of its own. */
  enable_agentic_state: z.boolean().default(false),
  /** Whether the state that a run gives takes the place of the stored one, rather than being merged over it. */
  overwrite_db_session_state: z.boolean().default(false),
  /** Tools to read what was said, and which tools were called, earlier in the session. */
  read_chat_history: z.boolean().default(false),
  read_tool_call_history: z.boolean().default(false),
  /** Tools to list and read the earlier sessions of the same user. */
  search_past_sessions: z.boolean().default(false),
  num_past_sessions_to_search: z.number().int().min(1).max(100).default(20),
  num_past_session_runs_in_search: z.number().int().min(1).max(10).default(3),
  /** Messages that stand before the conversation, as examples. */
  additional_input: z
    .array(z.object({ role: z.enum(["user", "assistant"]), content: z.string().min(1).max(50_000) }))
    .max(50)
    .default([]),
  /** Where the agent is, in words: nobody looks it up. */
  location: z.string().trim().min(1).max(200).optional(),
  add_location_to_context: z.boolean().default(false),
  add_name_to_context: z.boolean().default(false),
  add_datetime_to_context: z.boolean().default(false),
  timezone_identifier: z.string().max(64).optional(),
  /** Most tool calls in one run; further ones are answered with an error the model sees. */
  tool_call_limit: z.number().int().min(1).max(1_000).default(25),
  /** Most model calls in one run; with the last one the model has to answer without tools. */
  step_limit: z.number().int().min(1).max(1_000).optional(),
  /** Longest time that a run is driven, without its waits for people, in seconds. */
  time_limit_seconds: z.number().int().min(1).max(86_400).optional(),
  /** Most that one run may cost, in US dollars; beyond it the run waits for somebody to grant it more. */
  cost_limit_usd: usdAmountSchema.optional(),
  /** How often a run goes on after a fault that may pass, beside what the model call tries itself. */
  retries: z.number().int().min(0).max(10).default(0),
  /** Seconds. */
  delay_between_retries: z.number().int().min(0).max(600).default(1),
  /** Whether the delay doubles with each further try. */
  exponential_backoff: z.boolean().default(false),
  temperature: z.number().min(0).max(2).optional(),
  max_output_tokens: z.number().int().min(1).max(1_000_000).optional(),
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high"]).optional(),
  /** The JSON schema that the message, a JSON object, has to fit. */
  input_schema: jsonSchemaSchema.optional(),
  /** The JSON schema that the answer has to fit; the run's content is then the parsed value. */
  output_schema: jsonSchemaSchema.optional(),
  /** JSON mode and the schema in the prompt, for models that take no schema. */
  use_json_mode: z.boolean().default(false),
  /** Whether the model is given the schema itself; absent: where it is known to take one. */
  structured_outputs: z.boolean().optional(),
  /** A model that makes JSON of the answer where there is a schema; the agent's own then answers in words. */
  parser_model: modelReferenceSchema.optional(),
  /** What it is told in place of our words. */
  parser_model_prompt: z.string().min(1).max(50_000).optional(),
  /** A model that writes the answer of what the agent's own has found out. */
  output_model: modelReferenceSchema.optional(),
  output_model_prompt: z.string().min(1).max(50_000).optional(),
  /** The state that a new session starts with. */
  session_state: jsonObjectSchema.default({}),
  introduction: z.string().max(4_000).optional(),
  quick_prompts: z.array(z.string().min(1).max(500)).max(10).default([]),
  metadata: jsonObjectSchema.optional(),
});

export type AgentDefinition = z.infer<typeof agentDefinitionSchema>;
