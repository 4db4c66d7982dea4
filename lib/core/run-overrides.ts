import { z } from "zod";
import { agentDefinitionSchema } from "./agent-definition.ts";

const {
  output_schema,
  use_json_mode,
  structured_outputs,
  retries,
  add_history_to_context,
  num_history_runs,
  add_session_state_to_context,
  add_dependencies_to_context,
  dependencies,
  metadata,
} = agentDefinitionSchema.shape;

/** What one run may want otherwise than the agent's definition. */
export const runOverridesSchema = z.object({
  output_schema,
  use_json_mode: use_json_mode.unwrap().optional(),
  structured_outputs,
  retries: retries.unwrap().optional(),
  add_history_to_context: add_history_to_context.unwrap().optional(),
  num_history_runs: num_history_runs.unwrap().optional(),
  add_session_state_to_context: add_session_state_to_context.unwrap().optional(),
  add_dependencies_to_context: add_dependencies_to_context.unwrap().optional(),
  /** These two add to what the agent has. */
  dependencies: dependencies.unwrap().optional(),
  metadata,
});

export type RunOverrides = z.infer<typeof runOverridesSchema>;
