import type { JsonObject } from "../core/json.ts";
import { storableText } from "../core/storable-json.ts";

const MAX_VALUE_CHARS = 200;

/** The `content` of a ToolCallCompleted: `add(a=1, b=2) completed in 0.0118s. `, the wire's final space included. */
export function describeToolCall(name: string, args: JsonObject, seconds: number): string {
  const list = Object.entries(args).map(([key, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const short = text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text;
    return `${key}=${storableText(short)}`;
  });
  return `${name}(${list.join(", ")}) completed in ${seconds.toFixed(4)}s. `;
}
