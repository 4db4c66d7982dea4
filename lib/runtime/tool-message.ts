import type { LanguageModelV4Message, LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import type { ToolOutcome } from "./tool-call.ts";

/** The message with the results of a turn's calls, in the order given. */
export function toolMessage(
  results: readonly { id: string; name: string; outcome: ToolOutcome | undefined }[],
): LanguageModelV4Message {
  return {
    role: "tool",
    content: results.flatMap(({ id, name, outcome }) => {
      if (outcome === undefined) return [];
      return [{ type: "tool-result" as const, toolCallId: id, toolName: name, output: toolOutput(outcome) }];
    }),
  };
}

function toolOutput({ text, isError, isRefused }: ToolOutcome): LanguageModelV4ToolResultOutput {
  if (isRefused === true) return { type: "execution-denied", reason: text };
  return { type: isError ? "error-text" : "text", value: text };
}
