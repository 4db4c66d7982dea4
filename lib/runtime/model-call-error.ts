/** What can go wrong with a model call, in the wire's `error_type`. */
export type ModelCallErrorType =
  | "model_authentication_error"
  | "model_not_found_error"
  | "model_rate_limit_error"
  | "model_context_overflow_error"
  | "model_request_error"
  | "model_provider_error"
  | "model_connection_error"
  | "model_timeout_error"
  | "model_refusal_error"
  | "model_output_limit_error"
  | "model_unsupported_input_error";

/** A model call that failed. `message` is the sentence that a person is shown. */
export class ModelCallError extends Error {
  readonly type: ModelCallErrorType;
  /** The same call may succeed when it is made again. */
  readonly retryable: boolean;
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    type: ModelCallErrorType,
    sentence: string,
    options: { cause?: unknown; retryable?: boolean; retryAfterMs?: number | null } = {},
  ) {
    super(sentence, { cause: options.cause });
    this.name = "ModelCallError";
    this.type = type;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
