import type { JournalEvent } from "./journal.ts";
import type { RunInput } from "./run-event.ts";
import { type RunTurn, runTurns } from "./run-turns.ts";

/** One step of a run's conversation: what somebody asked, or what the model said and called. */
export type TranscriptEntry =
  | { kind: "question"; startIndex: number; createdAtMs: number; input: RunInput }
  | { kind: "turn"; startIndex: number; turn: RunTurn };

/** Folds a run's live events into its conversation, in order. A question is what its last hook has made of it. */
export function transcript(live: readonly JournalEvent[]): TranscriptEntry[] {
  const questions: Extract<TranscriptEntry, { kind: "question" }>[] = [];
  for (const { index, createdAtMs, body } of live) {
    if (body.type === "RunStarted" || body.type === "RunContinued") {
      const { input } = body;
      if (input !== undefined) questions.push({ kind: "question", startIndex: index, createdAtMs, input });
    }
    const last = questions.at(-1);
    if (body.type !== "PreHookCompleted" || last === undefined) continue;
    const { changed, run_input: now } = body;
    if (changed === true && now !== undefined) last.input = { ...last.input, content: now.input_content };
  }
  const turns = runTurns(live).map(
    (turn): TranscriptEntry => ({ kind: "turn", startIndex: turn.startIndex, turn }),
  );
  return [...questions, ...turns].toSorted((left, right) => left.startIndex - right.startIndex);
}

/** How many messages an entry is on the wire. */
export function messageCount(entry: TranscriptEntry): number {
  if (entry.kind === "question") return 1;
  const { repair, text, retold = text, reasoning, calls } = entry.turn;
  const asked = repair === null ? 0 : 1;
  if (retold === "" && reasoning === "" && calls.length === 0) return asked;
  return asked + 1 + calls.filter((call) => call.finishedAtMs !== null).length;
}
