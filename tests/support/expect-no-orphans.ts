import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { expect } from "vitest";

/** Every call that a provider is told of has its result in the message behind it, and no result comes alone. */
export function expectNoOrphans(prompt: LanguageModelV4Prompt): void {
  for (const [at, message] of prompt.entries()) {
    if (message.role !== "assistant" && message.role !== "tool") continue;
    const neighbour = prompt[message.role === "assistant" ? at + 1 : at - 1];
    const ids = idsIn(message);
    if (ids.length > 0) expect(neighbour === undefined ? [] : idsIn(neighbour)).toEqual(ids);
  }
}

function idsIn(message: LanguageModelV4Prompt[number]): string[] {
  if (message.role !== "assistant" && message.role !== "tool") return [];
  return message.content.flatMap((part) => ("toolCallId" in part ? [part.toolCallId] : []));
}
