import type { AgentDefinition } from "../core/agent-definition.ts";

/** The definition as the agent's own model is asked: where another model gives the answer its form, it answers in words. */
export function askedOfOwnModel(definition: AgentDefinition): AgentDefinition {
  const { parser_model: parser, output_model: output } = definition;
  if (parser === undefined && output === undefined) return definition;
  return { ...definition, output_schema: undefined };
}
