import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { earlierMessages } from "./earlier-messages.ts";
import type { HeldCall } from "./hold-call.ts";
import { isStopped } from "./is-stopped.ts";
import type { Resumption } from "./ports.ts";
import type { AddedQuestion } from "./resume-point.ts";
import type { ToolCaller } from "./tool-caller.ts";

/**
 * The turns of earlier drivers as the model is told of them; calls that were left open are made first, or wait.
 * Rejects only with the signal's reason.
 */
export async function earlierTurns(
  caller: ToolCaller,
  { point, internals, files }: Resumption,
  added: readonly AddedQuestion[],
): Promise<{ messages: LanguageModelV4Message[]; held: readonly HeldCall[]; stops?: boolean }> {
  const { turns, next } = point;
  const last = turns.at(-1);
  if (next.kind !== "call_tools" || last === undefined) {
    return { messages: earlierMessages(turns, added, internals, files), held: [] };
  }
  const { turn, held, files: brought } = await caller.finish(last, next.open);
  const all = [...turns.slice(0, -1), turn];
  const known = new Map([...(files ?? []), ...brought]);
  return { messages: earlierMessages(all, added, internals, known), held, stops: isStopped(turn.calls) };
}
