import { CODE_COMPONENTS } from "#agents/index.ts";
import type { ResolvedAgent } from "./resolved-agent.ts";

/** The agents that are defined in code; they exist in every organization. */
export function codeAgents(): ResolvedAgent[] {
  return CODE_COMPONENTS.map(({ definition }) => ({
    definition,
    source: "code",
    version: null,
    stage: null,
    updatedAt: null,
  }));
}
