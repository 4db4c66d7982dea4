import { z } from "zod";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { optionalNumber, optionalText } from "./optional-controls.ts";

/** The controls of the tools that flags give an agent, and of what it is told of its place and by examples. */
export const recallControls = {
  enable_agentic_state: z.boolean(),
  overwrite_db_session_state: z.boolean(),
  read_chat_history: z.boolean(),
  read_tool_call_history: z.boolean(),
  search_past_sessions: z.boolean(),
  num_past_sessions_to_search: optionalNumber,
  num_past_session_runs_in_search: optionalNumber,
  location: optionalText,
  add_location_to_context: z.boolean(),
  additional_input: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string() })),
};

/** What those controls hold. */
type RecallValues = z.input<z.ZodObject<typeof recallControls>>;

/** The values of an empty form. */
export const EMPTY_RECALL: RecallValues = {
  enable_agentic_state: false,
  overwrite_db_session_state: false,
  read_chat_history: false,
  read_tool_call_history: false,
  search_past_sessions: false,
  num_past_sessions_to_search: "20",
  num_past_session_runs_in_search: "3",
  location: "",
  add_location_to_context: false,
  additional_input: [],
};

/** The values that show an existing definition. */
export function recallValuesOf(definition: AgentDefinition): RecallValues {
  return {
    enable_agentic_state: definition.enable_agentic_state,
    overwrite_db_session_state: definition.overwrite_db_session_state,
    read_chat_history: definition.read_chat_history,
    read_tool_call_history: definition.read_tool_call_history,
    search_past_sessions: definition.search_past_sessions,
    num_past_sessions_to_search: String(definition.num_past_sessions_to_search),
    num_past_session_runs_in_search: String(definition.num_past_session_runs_in_search),
    location: definition.location ?? "",
    add_location_to_context: definition.add_location_to_context,
    additional_input: definition.additional_input,
  };
}
