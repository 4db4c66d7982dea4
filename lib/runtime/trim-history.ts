import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { AgentDefinition } from "../core/agent-definition.ts";
import { CHARACTERS_PER_TOKEN, messageLength } from "./prompt-tokens.ts";

/** The part of a definition that says how much of the earlier runs the model sees. */
type HistoryWindow = Pick<
  AgentDefinition,
  "num_history_messages" | "num_history_tokens" | "max_tool_calls_from_history"
>;

/**
 * The last of the earlier messages that fit the agent's window. What is left begins with a question, and no result is
 * without its call nor a call without its result: providers refuse those. The same messages give the same window.
 */
export function trimHistory(
  messages: readonly LanguageModelV4Message[],
  window: HistoryWindow,
): LanguageModelV4Message[] {
  const { num_history_messages: count, num_history_tokens: tokens } = window;
  if (messages.length === 0) return [];
  const told = withLastCalls(messages, window.max_tool_calls_from_history);
  const byCount = count === undefined ? 0 : told.length - count;
  const from = Math.max(0, byCount, tokens === undefined ? 0 : firstWithin(told, tokens));
  if (from === 0) return told;
  const start = told.findIndex((message, at) => at >= from && message.role === "user");
  return start === -1 ? [] : told.slice(start);
}

/** Index of the first message from which on all of them take at most so many tokens, by their length. */
function firstWithin(messages: readonly LanguageModelV4Message[], tokens: number): number {
  let left = tokens * CHARACTERS_PER_TOKEN;
  for (let at = messages.length - 1; at >= 0; at--) {
    left -= messageLength(messages[at]);
    if (left < 0) return at + 1;
  }
  return 0;
}

function withLastCalls(
  messages: readonly LanguageModelV4Message[],
  most: number | undefined,
): LanguageModelV4Message[] {
  if (most === undefined) return [...messages];
  const ids = messages.flatMap((message) =>
    message.role === "assistant"
      ? message.content.flatMap((part) => (part.type === "tool-call" ? [part.toolCallId] : []))
      : [],
  );
  const kept = new Set(ids.slice(Math.max(0, ids.length - most)));
  return messages.flatMap((message): LanguageModelV4Message[] => {
    if (message.role === "assistant") {
      const content = message.content.filter(
        (part) => part.type !== "tool-call" || kept.has(part.toolCallId),
      );
      return content.length === 0 ? [] : [{ ...message, content }];
    }
    if (message.role !== "tool") return [message];
    const content = message.content.filter(
      (part) => part.type !== "tool-result" || kept.has(part.toolCallId),
    );
    return content.length === 0 ? [] : [{ ...message, content }];
  });
}
