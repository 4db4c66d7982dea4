import type { LanguageModelV4ToolCall } from "@ai-sdk/provider";
import type { ModelTurn } from "./model-turn.ts";

/** The calls that the model asks us to make, in its order. */
export function turnCalls(turn: ModelTurn): LanguageModelV4ToolCall[] {
  return turn.parts.flatMap((part) => (part.type === "call" ? [part.call] : []));
}
