import { codeNameSchema } from "#lib/core/guardrail.ts";
import type { ModelMiddleware } from "#lib/runtime/stream-through.ts";

/**
 * Makes middleware that agents name in `model_middleware`: the AI SDK's own kind, around every model call of a run,
 * those of helpers and guardrails included. Runs stream, so `transformParams` and `wrapStream` count. Throws when the
 * name cannot be used.
 */
export function defineModelMiddleware(
  parts: Omit<ModelMiddleware, "title"> & { title?: string },
): ModelMiddleware {
  if (!codeNameSchema.safeParse(parts.name).success) {
    throw new Error(`The middleware name "${parts.name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  return { ...parts, title: parts.title ?? parts.name };
}
