import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { RunTurn } from "../core/run-turns.ts";
import { userMessage } from "./build-prompt.ts";
import type { JournalInternals } from "./internal-record.ts";
import type { AddedQuestion } from "./resume-point.ts";
import { turnMessages } from "./turn-messages.ts";

/** What a run has said and was asked after its own question, as the model is told of it. */
export function earlierMessages(
  turns: readonly RunTurn[],
  added: readonly AddedQuestion[],
  internals: JournalInternals,
  files?: ReadonlyMap<string, Uint8Array>,
): LanguageModelV4Message[] {
  const told = [
    ...turns.map((turn) => ({ at: turn.startIndex, messages: turnMessages(turn, internals, files) })),
    ...added.map(({ startIndex, input }) => ({
      at: startIndex,
      messages: [userMessage(input.content, [])],
    })),
  ];
  return told.toSorted((left, right) => left.at - right.at).flatMap(({ messages }) => messages);
}
