import { z } from "zod";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { ModelReference } from "#lib/core/model-reference.ts";
import { joinModelReference, splitModelReference } from "./model-reference.ts";
import { optionalNumber, optionalText } from "./optional-controls.ts";

/** The value that stands for the agent's own model. */
export const OWN_MODEL = "";

const optionalModel = z
  .string()
  .transform((model) => (model === OWN_MODEL ? undefined : splitModelReference(model)));

/** The controls of what keeps a conversation short, and of what follows an answer. */
export const careControls = {
  compress_tool_results: z.boolean(),
  compression_manager: z.object({
    model: optionalModel,
    compress_tool_results_limit: optionalNumber,
    compress_token_limit: optionalNumber,
    compress_tool_call_instructions: optionalText,
  }),
  enable_session_summaries: z.boolean(),
  session_summary_manager: z.object({
    model: optionalModel,
    session_summary_prompt: optionalText,
    last_n_runs: optionalNumber,
    conversation_limit: optionalNumber,
  }),
  add_session_summary_to_context: z.boolean().optional(),
  followups: z.boolean(),
  num_followups: optionalNumber,
  followup_model: optionalModel,
  output_model: optionalModel,
  output_model_prompt: optionalText,
  parser_model: optionalModel,
  parser_model_prompt: optionalText,
};

/** What those controls hold. */
type CareValues = z.input<z.ZodObject<typeof careControls>>;

/** The values of an empty form. */
export const EMPTY_CARE: CareValues = {
  compress_tool_results: false,
  compression_manager: {
    model: OWN_MODEL,
    compress_tool_results_limit: "",
    compress_token_limit: "",
    compress_tool_call_instructions: "",
  },
  enable_session_summaries: false,
  session_summary_manager: {
    model: OWN_MODEL,
    session_summary_prompt: "",
    last_n_runs: "",
    conversation_limit: "",
  },
  followups: false,
  num_followups: "3",
  followup_model: OWN_MODEL,
  output_model: OWN_MODEL,
  output_model_prompt: "",
  parser_model: OWN_MODEL,
  parser_model_prompt: "",
};

const numberText = (value: number | undefined) => (value === undefined ? "" : String(value));
const modelText = (model: ModelReference | undefined) =>
  model === undefined ? OWN_MODEL : joinModelReference(model);

/** The values that show an existing definition. */
export function careValuesOf(definition: AgentDefinition): CareValues {
  const { compression_manager: compression, session_summary_manager: summary } = definition;
  return {
    compress_tool_results: definition.compress_tool_results,
    compression_manager: {
      model: modelText(compression.model),
      compress_tool_results_limit: numberText(compression.compress_tool_results_limit),
      compress_token_limit: numberText(compression.compress_token_limit),
      compress_tool_call_instructions: compression.compress_tool_call_instructions ?? "",
    },
    enable_session_summaries: definition.enable_session_summaries,
    session_summary_manager: {
      model: modelText(summary.model),
      session_summary_prompt: summary.session_summary_prompt ?? "",
      last_n_runs: numberText(summary.last_n_runs),
      conversation_limit: numberText(summary.conversation_limit),
    },
    add_session_summary_to_context: definition.add_session_summary_to_context,
    followups: definition.followups,
    num_followups: String(definition.num_followups),
    followup_model: modelText(definition.followup_model),
    output_model: modelText(definition.output_model),
    output_model_prompt: definition.output_model_prompt ?? "",
    parser_model: modelText(definition.parser_model),
    parser_model_prompt: definition.parser_model_prompt ?? "",
  };
}
