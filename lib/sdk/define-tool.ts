import type { z } from "zod";
import type { JsonValue } from "#lib/core/json.ts";
import type { Tool, ToolContext, ToolEffect } from "#lib/core/tool.ts";

/** What a tool is made of; `effect` says what it does to the world, and there is no default on purpose. */
interface ToolParts<Schema extends z.ZodType> {
  /** Letters, digits, `_` and `-`, 64 at most: what every provider takes. */
  name: string;
  title?: string;
  description: string;
  effect: ToolEffect;
  input: Schema;
  /** Milliseconds. */
  timeoutMs?: number;
  execute(input: z.output<Schema>, context: ToolContext): Promise<JsonValue>;
}

/** Makes a tool whose `execute` gets arguments of its schema's type. Throws when the name cannot be used. */
export function defineTool<Schema extends z.ZodType>(parts: ToolParts<Schema>): Tool {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(parts.name)) {
    throw new Error(`The tool name "${parts.name}" needs 1 to 64 letters, digits, "_" or "-".`);
  }
  return {
    name: parts.name,
    title: parts.title ?? parts.name,
    description: parts.description,
    effect: parts.effect,
    input: parts.input,
    ...(parts.timeoutMs === undefined ? {} : { timeoutMs: parts.timeoutMs }),
    // The runtime hands over only what the schema has parsed.
    execute: (input, context) => parts.execute(input as z.output<Schema>, context),
  };
}
