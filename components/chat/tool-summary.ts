import type { ToolState } from "#lib/core/run-view.ts";
import { toolAnswer } from "#lib/core/tool-answer.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";

const LONGEST = 160;
const LONGEST_INPUT = 60;

/**
 * A tool call in one line: what it was asked and, once there is one, what came of it ("17 * 23 + 4 → 395").
 * A result that repeats an argument says it once; a failed call says its error alone.
 */
export function toolSummary(tool: ToolExecution, state: ToolState): string {
  if (state === "refused") return shortened(toolAnswer(tool), LONGEST);
  if (state === "failed" && tool.result !== null) return shortened(tool.result, LONGEST);
  const asked = Object.values(tool.tool_args).map(textOf);
  const input = shortened(asked.join(", "), tool.result === null ? LONGEST : LONGEST_INPUT);
  if (tool.result === null) return input;
  const output = shortened(outputOf(tool.result, new Set(asked)), LONGEST);
  return input === "" || output === "" ? input + output : `${input} → ${output}`;
}

function outputOf(result: string, asked: ReadonlySet<string>): string {
  const value = parsed(result);
  if (typeof value !== "object" || value === null) return textOf(value);
  if (Array.isArray(value)) return value.length === 1 ? "1 entry" : `${value.length} entries`;
  const news = Object.entries(value).filter(([, entry]) => !asked.has(textOf(entry)));
  const only = news.length === 1 ? news[0] : undefined;
  return only === undefined
    ? news.map(([key, entry]) => `${key} ${textOf(entry)}`).join(", ")
    : textOf(only[1]);
}

function parsed(result: string): unknown {
  try {
    return JSON.parse(result);
  } catch {
    return result;
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 1 ? "1 entry" : `${value.length} entries`;
  return JSON.stringify(value);
}

function shortened(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest).trimEnd()}…` : line;
}
