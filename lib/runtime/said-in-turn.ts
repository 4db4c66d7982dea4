import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { assistantMessage } from "./assistant-message.ts";
import type { ToolCall } from "./tool-call.ts";
import { type ModelTurn, turnText } from "./model-turn.ts";
import { layoutOf } from "./turn-layout.ts";

/** What the model has said in a turn, as it is told of it in its next; empty when it has said nothing. */
export function saidInTurn(turn: ModelTurn, calls: readonly ToolCall[]): LanguageModelV4Message[] {
  const said = assistantMessage(
    turnText(turn, "text"),
    turnText(turn, "reasoning"),
    calls.map((call) => ({ id: call.id, name: call.name, input: call.askedArgs ?? call.input.args })),
    layoutOf(turn),
  );
  return said === null ? [] : [said];
}
