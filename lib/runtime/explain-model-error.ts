import {
  APICallError,
  LoadAPIKeyError,
  NoSuchModelError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { ModelCallError } from "./model-call-error.ts";

/**
 * Turns whatever a provider threw, or sent as an error part, into a ModelCallError with a sentence for a person.
 * `nowMs` (milliseconds since the epoch) is for `retry-after` headers that hold a date.
 */
export function explainModelError(
  error: unknown,
  model: { provider: string; id: string },
  nowMs: number,
): ModelCallError {
  if (error instanceof ModelCallError) return error;
  if (APICallError.isInstance(error)) return explainStatus(error, model, nowMs);
  if (LoadAPIKeyError.isInstance(error)) {
    return new ModelCallError(
      "model_authentication_error",
      `No key for ${model.provider} is stored. Add one on the Models page.`,
      { cause: error },
    );
  }
  if (NoSuchModelError.isInstance(error)) return notFound(error, model);
  if (UnsupportedFunctionalityError.isInstance(error)) {
    return new ModelCallError(
      "model_unsupported_input_error",
      `The model ${model.id} cannot take this input (${error.functionality}). Choose another model or leave it out.`,
      { cause: error },
    );
  }
  return new ModelCallError("model_provider_error", `${model.provider} failed: ${shortMessage(error)}`, {
    cause: error,
  });
}

function explainStatus(
  error: APICallError,
  model: { provider: string; id: string },
  nowMs: number,
): ModelCallError {
  const { provider } = model;
  const status = error.statusCode;
  const reason = shortMessage(error);
  const retryAfterMs = readRetryAfter(error.responseHeaders, nowMs);
  switch (status) {
    case undefined:
      return new ModelCallError(
        "model_connection_error",
        `${provider} could not be reached: ${reason}. Check its address on the Models page and that it is running.`,
        { cause: error, retryable: error.isRetryable },
      );
    case 401:
    case 403:
      return new ModelCallError(
        "model_authentication_error",
        `${provider} refused the key (${status}: ${reason}). Check the key on the Models page.`,
        { cause: error },
      );
    case 404:
      return notFound(error, model);
    case 429:
      return new ModelCallError(
        "model_rate_limit_error",
        `${provider} limits how often it may be called (429: ${reason}). ${waitAdvice(retryAfterMs)}`,
        { cause: error, retryable: true, retryAfterMs },
      );
    case 400:
    case 413:
      if (OVERFLOW.test(`${reason} ${error.responseBody ?? ""}`)) return overflow(error, model);
      return refused(error, model, status);
    default:
      if (status < 400) {
        return new ModelCallError(
          "model_provider_error",
          `The answer of ${provider} could not be read: ${shortMessage(error.cause ?? error)}. Check its address on the Models page.`,
          { cause: error },
        );
      }
      if (status >= 500 || status === 408) {
        return new ModelCallError(
          "model_provider_error",
          `${provider} failed (${status}: ${reason}). Try again later.`,
          { cause: error, retryable: true, retryAfterMs },
        );
      }
      return refused(error, model, status, retryAfterMs);
  }
}

/** What the providers say when a prompt is longer than the model takes; they have no status of its own for it. */
const OVERFLOW =
  /context[_ ](?:length|window|size)|maximum context|prompt is too long|input (?:is too long|token count)|too many (?:input )?tokens/i;

function overflow(error: APICallError, { id }: { id: string }): ModelCallError {
  return new ModelCallError(
    "model_context_overflow_error",
    `The conversation is longer than ${id} can read. Send fewer earlier runs, or choose a model with a larger window.`,
    { cause: error },
  );
}

function refused(
  error: APICallError,
  { provider, id }: { provider: string; id: string },
  status: number,
  retryAfterMs: number | null = null,
): ModelCallError {
  return new ModelCallError(
    "model_request_error",
    `${provider} refused the request to ${id} (${status}: ${shortMessage(error)}).`,
    { cause: error, retryable: error.isRetryable, retryAfterMs },
  );
}

function notFound(error: unknown, model: { provider: string; id: string }): ModelCallError {
  return new ModelCallError(
    "model_not_found_error",
    `${model.provider} has no model ${model.id}. Choose one that exists in the agent's form.`,
    { cause: error },
  );
}

function waitAdvice(retryAfterMs: number | null): string {
  return retryAfterMs === null
    ? "Try again later."
    : `Try again in ${Math.max(1, Math.ceil(retryAfterMs / 1000))} seconds.`;
}

/** Reads `retry-after-ms`, or `retry-after` in seconds or as a date. */
function readRetryAfter(headers: Record<string, string> | undefined, nowMs: number): number | null {
  const precise = Number(headers?.["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(precise) && precise >= 0) return precise;
  const value = headers?.["retry-after"];
  if (value === undefined) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

const MAX_REASON_CHARS = 300;

function shortMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : messageIn(error);
  const line = text.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  if (line === "") return "no reason given";
  return line.length > MAX_REASON_CHARS ? `${line.slice(0, MAX_REASON_CHARS)}…` : line;
}

/** Error parts of a stream carry the provider's own JSON, usually with a message in it. */
function messageIn(error: unknown): string {
  if (typeof error === "object" && error !== null) {
    if ("message" in error && typeof error.message === "string") return error.message;
    if ("error" in error) return messageIn(error.error);
  }
  return "";
}
