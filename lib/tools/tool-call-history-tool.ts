import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";
import { type HistoryBook, MOST_CHARACTERS } from "#lib/tools/history-book.ts";

const callsSchema = z.object({
  num_calls: z.number().int().min(1).max(50).default(3).describe("How many of the newest calls to read."),
});

/** Reads which tools were called earlier in the session. */
export function createToolCallHistoryTool(book: HistoryBook): Tool {
  const tool: Tool<z.infer<typeof callsSchema>> = {
    name: "get_tool_call_history",
    title: "Read earlier tool calls",
    description: "Read the tools that were called earlier in this conversation, and their results.",
    effect: "read",
    input: callsSchema,
    async execute({ num_calls: limit }, { scope, sessionId, runId }) {
      const calls = await book.readToolCalls(scope, { sessionId, runId }, limit);
      return calls.map((call) => ({ ...call, result: call.result.slice(0, MOST_CHARACTERS) }));
    },
  };
  return tool as Tool;
}
