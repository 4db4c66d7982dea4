import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";
import { type HistoryBook, MOST_CHARACTERS } from "#lib/tools/history-book.ts";
import { messagesOfExchanges } from "#lib/tools/messages-of-exchanges.ts";

const chatSchema = z.object({
  num_chats: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe("How many of the newest exchanges of this conversation to read."),
});

/** Reads what was said earlier in the session. */
export function createChatHistoryTool(book: HistoryBook): Tool {
  const tool: Tool<z.infer<typeof chatSchema>> = {
    name: "get_chat_history",
    title: "Read the conversation",
    description:
      "Read the earlier questions and answers of this conversation, oldest first. Use it when the user refers to something that was said before and that you do not see.",
    effect: "read",
    input: chatSchema,
    async execute({ num_chats: limit }, { scope, sessionId, runId }) {
      const window = { limit, characters: MOST_CHARACTERS, before: runId };
      return messagesOfExchanges((await book.readExchanges(scope, sessionId, window)) ?? []);
    },
  };
  return tool as Tool;
}
