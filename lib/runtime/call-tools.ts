import type { LanguageModelV4Message, LanguageModelV4ToolCall } from "@ai-sdk/provider";
import { storableText } from "../core/storable-json.ts";
import type { Tool } from "../core/tool.ts";
import {
  callTool,
  recordToolCallStart,
  type ToolCall,
  type ToolCallPorts,
  type ToolOutcome,
} from "./call-tool.ts";
import type { RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";
import { parseToolInput, type ToolInput } from "./parse-tool-input.ts";

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
    return { id, name, tool, input: parseToolInput(tool, name, names, call.input, limits.toolInputChars) };
  });
}

/** The same calls, refused for a reason that the model is told. */
export function refuseToolCalls(calls: readonly ToolCall[], reason: string): ToolCall[] {
  return calls.map((call) => {
    const input: ToolInput = { args: call.input.args, problem: reason };
    return { ...call, input };
  });
}

/**
 * Makes the calls of one turn side by side and returns the message that tells the model of their results, in the
 * order of the calls. Rejects only with the signal's reason, when the run is to stop; by then no call goes on writing.
 */
export async function callTools(
  context: ToolCallPorts,
  calls: readonly ToolCall[],
): Promise<LanguageModelV4Message> {
  const started = calls.map((call) => ({ call, execution: recordToolCallStart(context, call) }));
  const settled = await Promise.allSettled(
    started.map(({ call, execution }) => callTool(context, call, execution)),
  );
  const outcomes = settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
  return toolMessage(
    calls.map((call, position) => ({ id: call.id, name: call.name, outcome: outcomes[position] })),
  );
}

/** The message with the results of a turn's calls. */
export function toolMessage(
  results: readonly { id: string; name: string; outcome: ToolOutcome | undefined }[],
): LanguageModelV4Message {
  return {
    role: "tool",
    content: results.flatMap(({ id, name, outcome }) => {
      if (outcome === undefined) return [];
      const type = outcome.isError ? ("error-text" as const) : ("text" as const);
      return [
        {
          type: "tool-result" as const,
          toolCallId: id,
          toolName: name,
          output: { type, value: outcome.text },
        },
      ];
    }),
  };
}
