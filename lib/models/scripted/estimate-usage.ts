import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { Turn } from "./plan-turn.ts";

/** An estimate of four characters a token, the usual rule of thumb for English text. */
export function estimateUsage(turn: Turn): LanguageModelV4Usage {
  const input = Math.ceil(turn.promptCharacters / 4);
  const reasoning = Math.ceil(turn.reasoning.length / 4);
  const written = turn.calls.reduce((sum, call) => sum + call.inputJson.length, turn.text.length);
  const text = Math.ceil(written / 4);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: text + reasoning, text, reasoning },
    raw: { estimated: true },
  };
}
