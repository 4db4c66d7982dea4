import { z } from "zod";
import type { AgentDefinition } from "./agent-definition.ts";
import { componentStageSchema, type ComponentStage } from "./component.ts";
import { type JsonObject, jsonObjectSchema } from "./json.ts";
import { schemaTitle } from "./schema-title.ts";

const toolDescriptionSchema = z.object({
  name: z.string(),
  description: z.string(),
  /** JSON schema of the arguments. */
  parameters: jsonObjectSchema,
  requires_confirmation: z.literal(true).optional(),
  requires_user_input: z.literal(true).optional(),
  external_execution: z.literal(true).optional(),
  approval_type: z.enum(["required", "audit"]).optional(),
});

export type ToolDescription = z.infer<typeof toolDescriptionSchema>;

/**
 * An agent as the wire describes it. Sub-objects hold only what differs from the wire's defaults; an empty one is
 * left out, and so is everything that has no value.
 */
export const agentResponseSchema = z.object({
  id: z.string(),
  name: z.string(),
  db_id: z.string(),
  description: z.string().optional(),
  role: z.string().optional(),
  is_factory: z.literal(false),
  model: z.object({ name: z.string(), model: z.string(), provider: z.string() }),
  tools: z.object({ tools: z.array(toolDescriptionSchema), tool_call_limit: z.number().int() }).optional(),
  sessions: z.object({
    session_table: z.string(),
    add_history_to_context: z.literal(true).optional(),
    enable_session_summaries: z.literal(true).optional(),
    num_history_runs: z.number().int().optional(),
    search_past_sessions: z.literal(true).optional(),
    num_past_sessions_to_search: z.number().int().optional(),
    num_past_session_runs_in_search: z.number().int().optional(),
  }),
  default_tools: z
    .object({
      read_chat_history: z.literal(true).optional(),
      read_tool_call_history: z.literal(true).optional(),
    })
    .optional(),
  system_message: z
    .object({
      description: z.string().optional(),
      instructions: z.string().optional(),
      system_message: z.string().optional(),
      expected_output: z.string().optional(),
      additional_context: z.string().optional(),
      resolve_in_context: z.literal(false).optional(),
      add_name_to_context: z.literal(true).optional(),
      markdown: z.literal(true).optional(),
      add_datetime_to_context: z.literal(true).optional(),
      add_location_to_context: z.literal(true).optional(),
      timezone_identifier: z.string().optional(),
    })
    .optional(),
  extra_messages: z
    .object({ additional_input: z.array(z.object({ role: z.string(), content: z.string() })) })
    .optional(),
  response_settings: z
    .object({
      output_schema_name: z.string().optional(),
      parser_model: z.object({ name: z.string(), model: z.string(), provider: z.string() }).optional(),
      parser_model_prompt: z.string().optional(),
      retries: z.number().int().optional(),
      delay_between_retries: z.number().int().optional(),
      exponential_backoff: z.literal(true).optional(),
      structured_outputs: z.boolean().optional(),
      use_json_mode: z.literal(true).optional(),
    })
    .optional(),
  introduction: z.string().optional(),
  metadata: jsonObjectSchema.optional(),
  input_schema: jsonObjectSchema.optional(),
  is_component: z.boolean(),
  current_version: z.number().int().optional(),
  stage: componentStageSchema.optional(),
});

export type AgentResponse = z.infer<typeof agentResponseSchema>;

/** The wire's default of num_history_runs, which a description leaves out. */
const DEFAULT_HISTORY_RUNS = 3;
/** The table that the wire names for sessions. */
export const SESSION_TABLE = "Session";

/** What a description of an agent is made from. */
export interface DescribableAgent {
  definition: AgentDefinition;
  /** Null for agents that are defined in code. */
  version: number | null;
  stage: ComponentStage | null;
  model: { name: string; provider: string };
  tools: readonly ToolDescription[];
  databaseId: string;
}

/** Describes an agent in the wire's words. */
export function agentResponse(agent: DescribableAgent): AgentResponse {
  const { definition, version, stage, model, tools } = agent;
  return {
    id: definition.id,
    name: definition.name,
    db_id: agent.databaseId,
    ...optional("description", definition.description),
    ...optional("role", definition.role),
    is_factory: false,
    model: { name: model.name, model: definition.model.id, provider: model.provider },
    ...(tools.length === 0
      ? {}
      : { tools: { tools: [...tools], tool_call_limit: definition.tool_call_limit } }),
    sessions: {
      session_table: SESSION_TABLE,
      ...(definition.add_history_to_context ? { add_history_to_context: true } : {}),
      ...(definition.enable_session_summaries ? { enable_session_summaries: true } : {}),
      ...(definition.num_history_runs === DEFAULT_HISTORY_RUNS
        ? {}
        : { num_history_runs: definition.num_history_runs }),
      ...(definition.search_past_sessions
        ? {
            search_past_sessions: true,
            num_past_sessions_to_search: definition.num_past_sessions_to_search,
            num_past_session_runs_in_search: definition.num_past_session_runs_in_search,
          }
        : {}),
    },
    ...defaultTools(definition),
    ...systemMessage(definition),
    ...(definition.additional_input.length === 0
      ? {}
      : { extra_messages: { additional_input: definition.additional_input } }),
    ...responseSettings(definition),
    ...optional("introduction", definition.introduction),
    ...optional<"metadata", JsonObject>("metadata", definition.metadata),
    ...optional<"input_schema", JsonObject>("input_schema", definition.input_schema),
    is_component: version !== null,
    ...(version === null ? {} : { current_version: version }),
    ...(stage === null ? {} : { stage }),
  };
}

function defaultTools(definition: AgentDefinition): Pick<AgentResponse, "default_tools"> {
  const tools: AgentResponse["default_tools"] = {
    ...(definition.read_chat_history ? { read_chat_history: true } : {}),
    ...(definition.read_tool_call_history ? { read_tool_call_history: true } : {}),
  };
  return Object.keys(tools).length === 0 ? {} : { default_tools: tools };
}

function systemMessage(definition: AgentDefinition): Pick<AgentResponse, "system_message"> {
  const message: AgentResponse["system_message"] = {
    ...optional("description", definition.description),
    ...optional("instructions", definition.instructions),
    ...optional("system_message", definition.system_message),
    ...optional("expected_output", definition.expected_output),
    ...optional("additional_context", definition.additional_context),
    ...(definition.resolve_in_context ? {} : { resolve_in_context: false }),
    ...(definition.add_name_to_context ? { add_name_to_context: true } : {}),
    ...(definition.markdown ? { markdown: true } : {}),
    ...(definition.add_datetime_to_context ? { add_datetime_to_context: true } : {}),
    ...(definition.add_location_to_context ? { add_location_to_context: true } : {}),
    ...optional("timezone_identifier", definition.timezone_identifier),
  };
  return Object.keys(message).length === 0 ? {} : { system_message: message };
}

function responseSettings(definition: AgentDefinition): Pick<AgentResponse, "response_settings"> {
  const { output_schema: schema, use_json_mode: jsonMode, structured_outputs: structured } = definition;
  const { parser_model: parser, parser_model_prompt: prompt } = definition;
  const settings: AgentResponse["response_settings"] = {
    ...(definition.retries === 0 ? {} : { retries: definition.retries }),
    ...(definition.delay_between_retries === 1
      ? {}
      : { delay_between_retries: definition.delay_between_retries }),
    ...(definition.exponential_backoff ? { exponential_backoff: true } : {}),
    ...(schema === undefined ? {} : { output_schema_name: schemaTitle(schema) }),
    ...(structured === undefined ? {} : { structured_outputs: structured }),
    ...(jsonMode ? { use_json_mode: true } : {}),
    ...(parser === undefined
      ? {}
      : { parser_model: { name: parser.id, model: parser.id, provider: parser.provider } }),
    ...optional("parser_model_prompt", prompt),
  };
  return Object.keys(settings).length === 0 ? {} : { response_settings: settings };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  if (value === undefined || value === "") return {};
  return { [key]: value } as { [K in Key]?: Value };
}
