import type { AgentDefinition } from "./agent-definition.ts";
import type { RunOverrides } from "./run-overrides.ts";

/** The definition as one run has it: what the run gives itself wins. */
export function withOverrides(
  definition: AgentDefinition,
  overrides: RunOverrides | undefined,
): AgentDefinition {
  return overrides === undefined ? definition : { ...definition, ...overrides };
}
