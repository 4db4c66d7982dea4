import { z } from "zod";
import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { Tool } from "#lib/core/tool.ts";

/** A question and its answer. */
interface Exchange {
  question: string;
  answer: string;
  createdAt: Date;
}

/** What was said before, of the scope's own subject alone. */
export interface HistoryBook {
  listSessions(
    scope: Scope,
    which: { but: string; sessions: number; runs: number },
  ): Promise<
    {
      id: string;
      title: string | null;
      componentId: string;
      updatedAt: Date;
      exchanges: Exchange[];
    }[]
  >;
  /** Oldest first; null when the subject has no such session. */
  readExchanges(
    scope: Scope,
    sessionId: string,
    window: { limit: number; characters: number; before?: string },
  ): Promise<Exchange[] | null>;
  /** The newest calls of tools in the runs of a session that stand before one, oldest first. */
  readToolCalls(
    scope: Scope,
    before: { sessionId: string; runId: string },
    limit: number,
  ): Promise<PastCall[]>;
}

/** A call of a tool in an earlier run. */
export interface PastCall {
  tool_name: string;
  arguments: JsonValue;
  result: string;
  [key: string]: JsonValue;
}

/** The longest questions, answers and results that one call shows, in characters. */
const MOST_CHARACTERS = 20_000;

const chatSchema = z.object({
  num_chats: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe("How many of the newest exchanges of this conversation to read."),
});
const callsSchema = z.object({
  num_calls: z.number().int().min(1).max(50).default(3).describe("How many of the newest calls to read."),
});
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
      return messagesOf((await book.readExchanges(scope, sessionId, window)) ?? []);
    },
  };
  return tool as Tool;
}

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

/** Lists the earlier sessions of the run's subject, with previews, and reads one of them. */
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
      const exchanges = await book.readExchanges(scope, id, { limit, characters: MOST_CHARACTERS });
      if (exchanges === null) {
        throw new Error(`There is no past session '${id}'. List them with search_past_sessions.`);
      }
      return messagesOf(exchanges);
    },
  };
  return [search, read as Tool];
}

function messagesOf(exchanges: readonly Exchange[]): JsonValue {
  return exchanges.flatMap(({ question, answer, createdAt }): JsonObject[] => [
    { role: "user", content: question, created_at: createdAt.toISOString() },
    { role: "assistant", content: answer },
  ]);
}
