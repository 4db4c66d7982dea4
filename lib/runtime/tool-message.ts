import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { ToolOutcome } from "./call-tool.ts";

/** The message with the results of a turn's calls, in the order given. */
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
