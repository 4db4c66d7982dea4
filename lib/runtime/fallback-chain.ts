import type { AgentDefinition } from "../core/agent-definition.ts";
import type { ModelReference } from "../core/model-reference.ts";
import { faultOf } from "./fault-of.ts";
import type { ModelCallError } from "./model-call-error.ts";

/** The part of a definition that says which models stand in. */
export type Fallbacks = Pick<AgentDefinition, "model" | "fallback_models" | "fallback_config">;

/**
 * The models that stand in for one that failed so, in order: those for the very cause, then the general ones. What the
 * request itself is at fault for (key, model id, input, refusal) is masked by none.
 */
export function fallbackChain(fallbacks: Fallbacks, error: ModelCallError): ModelReference[] {
  const { model, fallback_models: general, fallback_config: byCause } = fallbacks;
  const listed = ((): ModelReference[] => {
    switch (faultOf(error)) {
      case "rate_limit":
        return [...byCause.on_rate_limit, ...general];
      case "context_overflow":
        return [...byCause.on_context_overflow, ...general];
      case "passing":
        return general;
      case "request":
        return [];
    }
  })();
  const seen = new Set([keyOf(model)]);
  return listed.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
}

function keyOf({ provider, id }: ModelReference): string {
  return JSON.stringify([provider, id]);
}
