import type { JsonValue } from "#lib/core/json.ts";
import { type MediaFile, ToolResult } from "#lib/core/tool-result.ts";

/**
 * Makes a tool's result that brings files. They are kept as blobs, shown in the chat, and given to the model with its next
 * turn where they are of a kind that models read.
 */
export function toolResult(parts: { content: JsonValue; media?: readonly MediaFile[] }): ToolResult {
  return new ToolResult(parts.content, parts.media ?? []);
}
