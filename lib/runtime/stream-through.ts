import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Middleware,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider";
import { AppError } from "../core/app-error.ts";
import { CheckError } from "../core/check-error.ts";
import { ModelCallError } from "./model-call-error.ts";

/** A middleware of the AI SDK's spec, as an agent's `model_middleware` names it. */
export interface ModelMiddleware {
  name: string;
  /** Shown where it is picked. */
  title: string;
  description: string;
  middleware: LanguageModelV4Middleware;
}

/**
 * A request as middleware has it sent (`transformParams`), the first one before the others. It comes before the money is
 * set aside: what is paid for is what is sent. Throws what middleware says to a person, else a ModelCallError.
 */
export async function transformRequest(
  model: LanguageModelV4,
  request: LanguageModelV4CallOptions,
  middleware: readonly LanguageModelV4Middleware[],
): Promise<LanguageModelV4CallOptions> {
  let params = request;
  try {
    for (const { transformParams } of middleware) {
      params = (await transformParams?.({ type: "stream", params, model })) ?? params;
    }
  } catch (error) {
    if (error instanceof AppError || CheckError.isInstance(error)) throw error;
    const reason = error instanceof Error ? error.message : "no reason given";
    throw new ModelCallError("model_provider_error", `A model middleware failed: ${reason}`, {
      cause: error,
    });
  }
  return params;
}

/** Streams a model's answer through middleware (`wrapStream`), the first one outermost. */
export async function streamThrough(
  model: LanguageModelV4,
  params: LanguageModelV4CallOptions,
  middleware: readonly LanguageModelV4Middleware[],
): Promise<LanguageModelV4StreamResult> {
  const [outermost, ...inner] = middleware;
  if (outermost === undefined) return model.doStream(params);
  const doStream = () => streamThrough(model, params, inner);
  if (outermost.wrapStream === undefined) return doStream();
  return outermost.wrapStream({ doStream, doGenerate: () => model.doGenerate(params), params, model });
}
