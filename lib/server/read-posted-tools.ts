import { AppError } from "#lib/core/app-error.ts";
import type { JsonValue } from "#lib/core/json.ts";
import { type CallAnswer, postedToolsSchema } from "#lib/core/posted-tools.ts";

/** Reads the `tools` of a continue: JSON text, or the list itself. Throws bad_request in the wire's words. */
export function readPostedTools(tools: string | readonly JsonValue[]): CallAnswer[] {
  const parsed = postedToolsSchema.safeParse(typeof tools === "string" ? fromText(tools) : tools);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  const reason = place === "" ? (issue?.message ?? "") : `${place}: ${issue?.message ?? ""}`;
  throw new AppError("bad_request", `Invalid structure or content for tools: ${reason}`);
}

function fromText(text: string): unknown {
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_request", "Invalid JSON in tools field");
  }
}
