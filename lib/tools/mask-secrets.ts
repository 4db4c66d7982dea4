import type { JsonValue } from "#lib/core/json.ts";
import type { ToolHook } from "#lib/core/tool.ts";
import { ToolResult } from "#lib/core/tool-result.ts";

/** Keys of well-known services, bearer tokens, and the heads of private keys with what follows. */
const SECRETS =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35})|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Masks in results what looks like an API key or a private key, before the model and the journal get them. */
export const maskSecrets = {
  name: "mask_secrets",
  description: "Masks API keys and private keys in results before the model sees them.",
  around: async (_call, next) => masked(await next()),
} satisfies ToolHook;

function masked(result: JsonValue | ToolResult): JsonValue | ToolResult {
  return ToolResult.isInstance(result)
    ? new ToolResult(maskedJson(result.content), result.media)
    : maskedJson(result);
}

function maskedJson(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.replaceAll(SECRETS, "[masked]");
  if (Array.isArray(value)) return value.map(maskedJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskedJson(one)]));
}
