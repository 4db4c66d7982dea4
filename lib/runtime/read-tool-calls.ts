import type { LanguageModelV4ToolCall } from "@ai-sdk/provider";
import { storableText } from "../core/storable-json.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolCall } from "./tool-call.ts";
import { parseToolInput, type ToolInput } from "./parse-tool-input.ts";
import type { RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";

const MAX_NAME_CHARS = 256;

/** Reads a turn's calls: finds their tools, checks their arguments, gives each an id of its own within the run. */
export function readToolCalls(
  calls: readonly LanguageModelV4ToolCall[],
  tools: ReadonlyMap<string, Tool>,
  usedIds: Set<string>,
  ports: Pick<RunPorts, "newId">,
  limits: Pick<RunLimits, "toolInputChars">,
): ToolCall[] {
  const names = [...tools.keys()];
  return calls.map((call) => {
    const name = storableText(call.toolName).slice(0, MAX_NAME_CHARS);
    const given = storableText(call.toolCallId).slice(0, MAX_NAME_CHARS);
    const id = given === "" || usedIds.has(given) ? ports.newId() : given;
    usedIds.add(id);
    const tool = tools.get(name);
    const input = parseToolInput(tool, name, names, call.input, limits.toolInputChars);
    return { id, name, tool, input, attempt: 1 };
  });
}

/** The same calls, refused for a reason that the model is told. */
export function refuseToolCalls(calls: readonly ToolCall[], reason: string): ToolCall[] {
  return calls.map((call) => {
    const input: ToolInput = { args: call.input.args, problem: reason };
    return { ...call, input };
  });
}
