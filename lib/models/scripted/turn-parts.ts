import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { estimateUsage } from "./estimate-usage.ts";
import type { Turn } from "./plan-turn.ts";

/** The parts of a turn in the order of the provider specification, text and inputs word by word. */
export function* turnParts(turn: Turn, newId: () => string): Generator<LanguageModelV4StreamPart> {
  yield { type: "stream-start", warnings: [] };
  if (turn.reasoning !== "") {
    yield { type: "reasoning-start", id: "reasoning" };
    for (const delta of words(turn.reasoning)) yield { type: "reasoning-delta", id: "reasoning", delta };
    yield { type: "reasoning-end", id: "reasoning" };
  }
  if (turn.errorMessage !== null) {
    yield { type: "error", error: new Error(turn.errorMessage) };
    yield { type: "finish", usage: estimateUsage(turn), finishReason: { unified: "error", raw: "scripted" } };
    return;
  }
  if (turn.text !== "") {
    yield { type: "text-start", id: "text" };
    for (const delta of words(turn.text)) yield { type: "text-delta", id: "text", delta };
    yield { type: "text-end", id: "text" };
  }
  for (const { toolName, inputJson } of turn.calls) {
    const id = newId();
    yield { type: "tool-input-start", id, toolName };
    for (const delta of words(inputJson)) yield { type: "tool-input-delta", id, delta };
    yield { type: "tool-input-end", id };
    yield { type: "tool-call", toolCallId: id, toolName, input: inputJson };
  }
  const unified = turn.calls.length > 0 ? "tool-calls" : "stop";
  yield {
    type: "finish",
    usage: estimateUsage(turn),
    finishReason: { unified, raw: "scripted" },
    providerMetadata: { scripted: { estimatedUsage: true } },
  };
}

/** Every word with the blanks behind it. */
function words(text: string): string[] {
  return text.match(/^\s+|\S+\s*/g) ?? [];
}
