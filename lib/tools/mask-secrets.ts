import type { JsonValue } from "#lib/core/json.ts";
import type { ToolHook } from "#lib/core/tool.ts";
import { ToolResult } from "#lib/core/tool-result.ts";

/** Keys of well-known services, bearer tokens, and the heads of private keys with what follows. */
const SECRETS =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35})|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Masks in results and errors what looks like an API key or a private key, before the model and the journal get them. */
export const maskSecrets = {
  name: "mask_secrets",
  title: "Mask secrets",
  description: "Masks API keys and private keys in results and errors before the model sees them.",
  around: async (_call, next) => {
    try {
      return masked(await next());
    } catch (error) {
      throw maskedError(error);
    }
  },
} satisfies ToolHook;

function masked(result: JsonValue | ToolResult): JsonValue | ToolResult {
  return ToolResult.isInstance(result)
    ? new ToolResult(maskedJson(result.content), result.media)
    : maskedJson(result);
}

function maskedJson(value: JsonValue): JsonValue {
  if (typeof value === "string") return maskedText(value);
  if (Array.isArray(value)) return value.map(maskedJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [maskedText(key), maskedJson(one)]));
}

function maskedText(text: string): string {
  return text.replaceAll(SECRETS, "[masked]");
}

/** The same error in other words: what follows of it goes by its kind. */
function maskedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = maskedText(error.message);
  if (message === error.message) return error;
  Reflect.set(error, "message", message);
  if (error.message === message) return error;
  // One whose words stand fast.
  return Object.assign(new Error(message, { cause: error }), { name: error.name });
}
