import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { JsonObject } from "../core/json.ts";
import type { TurnLayout } from "./turn-layout.ts";

type AssistantContent = Extract<LanguageModelV4Message, { role: "assistant" }>["content"];

/** A call of a turn with its arguments as they were understood. */
export interface TurnCall {
  id: string;
  name: string;
  input: JsonObject;
}

/**
 * The assistant message of a turn, or null when there is nothing to say. Without a layout: text, then calls, and no
 * reasoning, which providers only take back with the signature that they gave it.
 */
export function assistantMessage(
  text: string,
  reasoning: string,
  calls: readonly TurnCall[],
  layout: readonly TurnLayout[] | undefined,
): LanguageModelV4Message | null {
  const plain: TurnLayout[] = [
    { type: "text", length: text.length },
    ...calls.map(() => ({ type: "call" as const })),
  ];
  const content: AssistantContent = [];
  let textAt = 0;
  let reasoningAt = 0;
  let callAt = 0;
  for (const piece of layout ?? plain) {
    const options = piece.metadata === undefined ? {} : { providerOptions: piece.metadata };
    const length = piece.length ?? 0;
    switch (piece.type) {
      case "text":
        if (length > 0) content.push({ type: "text", text: text.slice(textAt, textAt + length), ...options });
        textAt += length;
        break;
      case "reasoning":
        if (piece.metadata !== undefined) {
          const part = reasoning.slice(reasoningAt, reasoningAt + length);
          content.push({ type: "reasoning", text: part, ...options });
        }
        reasoningAt += length;
        break;
      case "call": {
        const call = calls[callAt++];
        if (call !== undefined) {
          const { id, name, input } = call;
          content.push({ type: "tool-call", toolCallId: id, toolName: name, input, ...options });
        }
      }
    }
  }
  return content.length === 0 ? null : { role: "assistant", content };
}
