import { randomUUID } from "node:crypto";
import type { LanguageModelV4, LanguageModelV4Content } from "@ai-sdk/provider";
import { SCRIPTED_MODEL_ID, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import { estimateUsage } from "./estimate-usage.ts";
import { paceStream } from "./pace-stream.ts";
import { planTurn, type Turn } from "./plan-turn.ts";
import { turnParts } from "./turn-parts.ts";

interface ScriptedModelOptions {
  /** Milliseconds between two words; 0 sends everything at once. */
  wordDelayMs: number;
  /** Makes the ids of tool calls. */
  newId?: () => string;
}

/**
 * The demo model: no weights, fixed rules, everything decided from the prompt alone, so the same prompt gets the same
 * answer. It picks tools by words, fills arguments from their schemas and reports results; it never pretends to know.
 */
export function createScriptedModel(options: ScriptedModelOptions): LanguageModelV4 {
  const newId = options.newId ?? (() => `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`);
  return {
    specificationVersion: "v4",
    provider: SCRIPTED_PROVIDER,
    modelId: SCRIPTED_MODEL_ID,
    supportedUrls: {},
    async doStream(call) {
      call.abortSignal?.throwIfAborted();
      const turn = planTurn(call);
      const delayMs = turn.wordDelayMs ?? options.wordDelayMs;
      return { stream: paceStream(turnParts(turn, newId), delayMs, call.abortSignal) };
    },
    async doGenerate(call) {
      call.abortSignal?.throwIfAborted();
      const turn = planTurn(call);
      if (turn.errorMessage !== null) throw new Error(turn.errorMessage);
      return {
        content: contentOf(turn, newId),
        finishReason: { unified: turn.calls.length > 0 ? "tool-calls" : "stop", raw: "scripted" },
        usage: estimateUsage(turn),
        warnings: [],
      };
    },
  };
}

function contentOf(turn: Turn, newId: () => string): LanguageModelV4Content[] {
  const content: LanguageModelV4Content[] = [];
  if (turn.reasoning !== "") content.push({ type: "reasoning", text: turn.reasoning });
  if (turn.text !== "") content.push({ type: "text", text: turn.text });
  for (const { toolName, inputJson } of turn.calls) {
    content.push({ type: "tool-call", toolCallId: newId(), toolName, input: inputJson });
  }
  return content;
}
