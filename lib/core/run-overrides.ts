import { z } from "zod";
import { agentDefinitionSchema } from "./agent-definition.ts";

const { output_schema, use_json_mode, structured_outputs, retries } = agentDefinitionSchema.shape;

/** What one run may want otherwise than the agent's definition. */
export const runOverridesSchema = z.object({
  output_schema,
  use_json_mode: use_json_mode.unwrap().optional(),
  structured_outputs,
  retries: retries.unwrap().optional(),
});

export type RunOverrides = z.infer<typeof runOverridesSchema>;
