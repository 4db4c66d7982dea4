import type { LanguageModelV4Message } from "@ai-sdk/provider";
import {
  callTool,
  recordToolCallStart,
  type ToolCall,
  type ToolCallPorts,
  type ToolOutcome,
} from "./call-tool.ts";

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
