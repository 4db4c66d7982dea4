import type { JournalEvent } from "../core/journal.ts";
import type { RunInput } from "../core/run-event.ts";
import { transcript } from "../core/transcript.ts";

/** What earlier drivers of a run have checked. */
export interface ChecksSoFar {
  /** The run's own question, as its hooks have left it. */
  firstContent: string;
  /** What was asked last: index of its event, the text as its hooks have left it, what was masked before it was kept. */
  question: { at: number; content: string; screened: RunInput["screened"] };
  /** The keys of what was done with it. */
  input: ReadonlySet<string>;
  /** True once the model was asked: the question has passed. */
  passed: boolean;
  /** The keys of what was done with the answer, and what that has made of it; null: nothing. */
  output: ReadonlySet<string>;
  changedAnswer: string | null;
}

/** Names a hook or a guardrail by its place and its name: a definition in code may be another one after a restart. */
export function checkKey(position: number, name: string): string {
  return `${position}:${name}`;
}

/** Folds a run's live events into what was checked of its last question and of its last answer. */
export function checksSoFar(live: readonly JournalEvent[]): ChecksSoFar {
  const questions = transcript(live).flatMap((entry) => (entry.kind === "question" ? [entry] : []));
  const last = questions.at(-1);
  const at = last?.startIndex ?? 0;
  const after = live.filter(({ index }) => index > at);
  const turnAt = live.findLast(({ body }) => body.type === "ModelRequestStarted")?.index ?? -1;
  const ends = live.filter(({ index, body }) => index > turnAt && body.type === "PostHookCompleted");
  const changes = ends.flatMap(({ body }) =>
    body.type === "PostHookCompleted" && body.content !== undefined ? [body.content] : [],
  );
  return {
    firstContent: questions[0]?.input.content ?? "",
    question: { at, content: last?.input.content ?? "", screened: last?.input.screened },
    input: new Set(
      after.flatMap(({ body }) =>
        body.type === "PreHookCompleted" ? [checkKey(body.position, body.pre_hook_name)] : [],
      ),
    ),
    passed: after.some(({ body }) => body.type === "ModelRequestStarted"),
    output: new Set(
      ends.flatMap(({ body }) =>
        body.type === "PostHookCompleted" ? [checkKey(body.position, body.post_hook_name)] : [],
      ),
    ),
    changedAnswer: changes.at(-1) ?? null,
  };
}
