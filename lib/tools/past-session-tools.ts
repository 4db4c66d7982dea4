import { z } from "zod";
import type { JsonObject } from "#lib/core/json.ts";
import type { Tool } from "#lib/core/tool.ts";
import { type HistoryBook, MOST_CHARACTERS } from "#lib/tools/history-book.ts";
import { messagesOfExchanges } from "#lib/tools/messages-of-exchanges.ts";

const pastSchema = z.object({
  session_id: z.string().min(1).max(128).describe("The id of the session, from search_past_sessions."),
  num_runs: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe("How many of its newest exchanges to read."),
});

/**
 * Lists the earlier sessions of the run's subject, with previews, and reads one of them. A run of nobody in particular has
 * none: what was said to one such caller is no other's business.
 */
export function createPastSessionTools(
  book: HistoryBook,
  counts: { sessions: number; runs: number },
): Tool[] {
  const search: Tool = {
    name: "search_past_sessions",
    title: "List past sessions",
    description: `List the user's ${counts.sessions} most recent other conversations, newest first, with short previews. Read one with read_past_session.`,
    effect: "read",
    input: z.object({}),
    async execute(_input, { scope, sessionId }) {
      if (!book.isSomebody(scope)) return [];
      const found = await book.listSessions(scope, { but: sessionId, ...counts });
      return found.map(
        ({ id, title, componentId, updatedAt, exchanges }): JsonObject => ({
          session_id: id,
          ...(title === null ? {} : { session_name: title }),
          agent_id: componentId,
          updated_at: updatedAt.toISOString(),
          runs: exchanges.map(({ question, answer }) => ({ user: question, assistant: answer })),
        }),
      );
    },
  };
  const read: Tool<z.infer<typeof pastSchema>> = {
    name: "read_past_session",
    title: "Read a past session",
    description: "Read the questions and answers of one of the user's other conversations, oldest first.",
    effect: "read",
    input: pastSchema,
    async execute({ session_id: id, num_runs: limit }, { scope }) {
      const window = { limit, characters: MOST_CHARACTERS };
      const exchanges = book.isSomebody(scope) ? await book.readExchanges(scope, id, window) : null;
      if (exchanges === null) {
        throw new Error(`There is no past session '${id}'. List them with search_past_sessions.`);
      }
      return messagesOfExchanges(exchanges);
    },
  };
  return [search, read as Tool];
}
