import type { AgentDefinition } from "../core/agent-definition.ts";
import type { ModelReference } from "../core/model-reference.ts";
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
    switch (error.type) {
      case "model_rate_limit_error":
        return [...byCause.on_rate_limit, ...general];
      case "model_context_overflow_error":
        return [...byCause.on_context_overflow, ...general];
      case "model_provider_error":
      case "model_connection_error":
      case "model_timeout_error":
        return general;
      case "model_request_error":
        return error.retryable ? general : [];
      case "model_authentication_error":
      case "model_not_found_error":
      case "model_refusal_error":
      case "model_output_limit_error":
      case "model_unsupported_input_error":
        return [];
    }
  })();
  const seen = new Set([keyOf(model)]);
  return listed.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
}

function keyOf({ provider, id }: ModelReference): string {
  return JSON.stringify([provider, id]);
}
