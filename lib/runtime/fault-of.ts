import type { ModelCallError } from "./model-call-error.ts";

/** Whose fault a failed model call is: `passing` ones may go by themselves, those of the `request` never do. */
export type ModelFault = "rate_limit" | "context_overflow" | "passing" | "request";

/** Tells whose fault a failed model call is. */
export function faultOf(error: ModelCallError): ModelFault {
  switch (error.type) {
    case "model_rate_limit_error":
      return "rate_limit";
    case "model_context_overflow_error":
      return "context_overflow";
    case "model_provider_error":
    case "model_connection_error":
    case "model_timeout_error":
      return "passing";
    case "model_request_error":
      return error.retryable ? "passing" : "request";
    case "model_authentication_error":
    case "model_not_found_error":
    case "model_refusal_error":
    case "model_output_limit_error":
    case "model_unsupported_input_error":
      return "request";
  }
}
