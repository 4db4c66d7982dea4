import type { AgentDefinition } from "./agent-definition.ts";
import type { RunOverrides } from "./run-overrides.ts";

/** The definition as one run has it: what the run gives itself wins; dependencies and metadata do so key by key. */
export function withOverrides(
  definition: AgentDefinition,
  overrides: RunOverrides | undefined,
): AgentDefinition {
  if (overrides === undefined) return definition;
  const metadata = overrides.metadata ?? definition.metadata;
  return {
    ...definition,
    ...overrides,
    dependencies: { ...definition.dependencies, ...overrides.dependencies },
    ...(metadata === undefined ? {} : { metadata: { ...definition.metadata, ...metadata } }),
  };
}
