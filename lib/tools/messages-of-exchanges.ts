import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import type { Exchange } from "#lib/tools/history-book.ts";

/** Exchanges as a model reads a conversation: questions and answers in the order they were given. */
export function messagesOfExchanges(exchanges: readonly Exchange[]): JsonValue {
  return exchanges.flatMap(({ question, answer, createdAt }): JsonObject[] => [
    { role: "user", content: question, created_at: createdAt.toISOString() },
    { role: "assistant", content: answer },
  ]);
}
