import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { ComponentStage } from "#lib/core/component.ts";

/** An agent ready to be run or described. `version` and `stage` are null for one that is defined in code. */
export interface ResolvedAgent {
  definition: AgentDefinition;
  source: "code" | "stored";
  version: number | null;
  stage: ComponentStage | null;
  /** When a stored agent changed last. */
  updatedAt: Date | null;
}
