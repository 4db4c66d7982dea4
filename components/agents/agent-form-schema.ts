import { z } from "zod";
import { type AgentDefinition, agentDefinitionSchema } from "#lib/core/agent-definition.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { careControls, careValuesOf, EMPTY_CARE } from "./care-form-part.ts";
import { guardrailControls, guardrailValuesOf, NO_GUARDRAILS } from "./guardrail-form-part.ts";
import { jsonObjectText, jsonSchemaText } from "./json-controls.ts";
import { joinModelReference, splitModelReference } from "./model-reference.ts";
import { optionalNumber, optionalText } from "./optional-controls.ts";
import { EMPTY_RECALL, recallControls, recallValuesOf } from "./recall-form-part.ts";

const REASONING_EFFORTS = ["", "none", "minimal", "low", "medium", "high"] as const;

const modelList = z.array(z.string()).transform((models) => models.map(splitModelReference));

/** What the form's controls hold: text as typed, empty for "not set". */
const controlsSchema = z.object({
  name: z.string(),
  id: z.string(),
  description: optionalText,
  instructions: z.string(),
  expected_output: optionalText,
  additional_context: optionalText,
  system_message: optionalText,
  resolve_in_context: z.boolean(),
  model: z.string().min(1, "Pick a model.").transform(splitModelReference),
  fallback_models: modelList,
  fallback_config: z.object({ on_rate_limit: modelList, on_context_overflow: modelList }),
  tools: z.array(z.string()),
  tool_settings: agentDefinitionSchema.shape.tool_settings,
  tool_hooks: z.array(z.string()),
  dependencies: jsonObjectText,
  add_dependencies_to_context: z.boolean(),
  markdown: z.boolean(),
  add_history_to_context: z.boolean(),
  num_history_runs: optionalNumber,
  num_history_messages: optionalNumber,
  num_history_tokens: optionalNumber,
  max_tool_calls_from_history: optionalNumber,
  ...careControls,
  ...guardrailControls,
  ...recallControls,
  add_session_state_to_context: z.boolean(),
  add_name_to_context: z.boolean(),
  add_datetime_to_context: z.boolean(),
  timezone_identifier: optionalText,
  tool_call_limit: optionalNumber,
  step_limit: optionalNumber,
  time_limit_seconds: optionalNumber,
  cost_limit_usd: optionalNumber,
  retries: optionalNumber,
  delay_between_retries: optionalNumber,
  exponential_backoff: z.boolean(),
  temperature: optionalNumber,
  max_output_tokens: optionalNumber,
  reasoning_effort: z.enum(REASONING_EFFORTS).transform((effort) => (effort === "" ? undefined : effort)),
  input_schema: jsonSchemaText,
  output_schema: jsonSchemaText,
  use_json_mode: z.boolean(),
  structured_outputs: z.boolean().optional(),
  session_state: jsonObjectText,
  introduction: optionalText,
  quick_prompts: z.string().transform((text) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ),
});

/** The form's values as its controls hold them. */
export type AgentFormValues = z.input<typeof controlsSchema>;

/** Turns what was typed into an agent's definition; the paths of its issues are the names of the controls. */
export const agentFormSchema = controlsSchema
  .transform((values): z.input<typeof agentDefinitionSchema> => {
    // A tool that was taken away takes its settings along.
    const kept = Object.entries(values.tool_settings).filter(([name]) => values.tools.includes(name));
    return { ...values, tool_settings: Object.fromEntries(kept) };
  })
  .pipe(agentDefinitionSchema);

/** The values of an empty form. */
export function emptyAgentForm(model: string): AgentFormValues {
  return {
    name: "",
    id: "",
    description: "",
    instructions: "",
    expected_output: "",
    additional_context: "",
    system_message: "",
    resolve_in_context: true,
    model,
    fallback_models: [],
    fallback_config: { on_rate_limit: [], on_context_overflow: [] },
    tools: [],
    tool_settings: {},
    tool_hooks: [],
    dependencies: "",
    add_dependencies_to_context: false,
    markdown: true,
    add_history_to_context: true,
    num_history_runs: "10",
    num_history_messages: "",
    num_history_tokens: "",
    max_tool_calls_from_history: "",
    ...EMPTY_CARE,
    ...NO_GUARDRAILS,
    ...EMPTY_RECALL,
    add_session_state_to_context: false,
    add_name_to_context: false,
    add_datetime_to_context: false,
    timezone_identifier: "",
    tool_call_limit: "25",
    step_limit: "",
    time_limit_seconds: "",
    cost_limit_usd: "",
    retries: "0",
    delay_between_retries: "1",
    exponential_backoff: false,
    temperature: "",
    max_output_tokens: "",
    reasoning_effort: "",
    input_schema: "",
    output_schema: "",
    use_json_mode: false,
    session_state: "",
    introduction: "",
    quick_prompts: "",
  };
}

const objectText = (value: JsonObject) =>
  Object.keys(value).length === 0 ? "" : JSON.stringify(value, null, 2);
const numberText = (value: number | undefined) => (value === undefined ? "" : String(value));

/** The values that show an existing definition. */
export function agentFormOf(definition: AgentDefinition): AgentFormValues {
  return {
    name: definition.name,
    id: definition.id,
    description: definition.description ?? "",
    instructions: definition.instructions,
    expected_output: definition.expected_output ?? "",
    additional_context: definition.additional_context ?? "",
    system_message: definition.system_message ?? "",
    resolve_in_context: definition.resolve_in_context,
    model: joinModelReference(definition.model),
    fallback_models: definition.fallback_models.map(joinModelReference),
    fallback_config: {
      on_rate_limit: definition.fallback_config.on_rate_limit.map(joinModelReference),
      on_context_overflow: definition.fallback_config.on_context_overflow.map(joinModelReference),
    },
    tools: definition.tools,
    tool_settings: definition.tool_settings,
    tool_hooks: definition.tool_hooks,
    dependencies: objectText(definition.dependencies),
    add_dependencies_to_context: definition.add_dependencies_to_context,
    markdown: definition.markdown,
    add_history_to_context: definition.add_history_to_context,
    num_history_runs: String(definition.num_history_runs),
    num_history_messages: numberText(definition.num_history_messages),
    num_history_tokens: numberText(definition.num_history_tokens),
    max_tool_calls_from_history: numberText(definition.max_tool_calls_from_history),
    ...careValuesOf(definition),
    ...guardrailValuesOf(definition),
    ...recallValuesOf(definition),
    add_session_state_to_context: definition.add_session_state_to_context,
    add_name_to_context: definition.add_name_to_context,
    add_datetime_to_context: definition.add_datetime_to_context,
    timezone_identifier: definition.timezone_identifier ?? "",
    tool_call_limit: String(definition.tool_call_limit),
    step_limit: numberText(definition.step_limit),
    time_limit_seconds: numberText(definition.time_limit_seconds),
    cost_limit_usd: numberText(definition.cost_limit_usd),
    retries: String(definition.retries),
    delay_between_retries: String(definition.delay_between_retries),
    exponential_backoff: definition.exponential_backoff,
    temperature: numberText(definition.temperature),
    max_output_tokens: numberText(definition.max_output_tokens),
    reasoning_effort: definition.reasoning_effort ?? "",
    input_schema:
      definition.input_schema === undefined ? "" : JSON.stringify(definition.input_schema, null, 2),
    output_schema:
      definition.output_schema === undefined ? "" : JSON.stringify(definition.output_schema, null, 2),
    use_json_mode: definition.use_json_mode,
    structured_outputs: definition.structured_outputs,
    session_state: objectText(definition.session_state),
    introduction: definition.introduction ?? "",
    quick_prompts: definition.quick_prompts.join("\n"),
  };
}
