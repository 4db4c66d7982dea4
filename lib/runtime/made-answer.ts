import type { JournalEvent } from "../core/journal.ts";
import type { RunAnswer } from "./settle-answer.ts";

/** What other models have made of a run's last answer. */
export interface MadeAnswer {
  /** The output model's words; null: it has not written them to their end. */
  retold: string | null;
  /** What the parser model has made of it; null: it has not. */
  parsed: RunAnswer | null;
}

export const NOTHING_MADE: MadeAnswer = { retold: null, parsed: null };

/** Folds a run's live events into what was made of its last answer. */
export function madeAnswer(live: readonly JournalEvent[]): MadeAnswer {
  let made = NOTHING_MADE;
  for (const { body } of live) {
    if (body.type === "ModelRequestStarted") made = NOTHING_MADE;
    if (body.type === "OutputModelResponseCompleted") made = { retold: body.content, parsed: null };
    if (body.type !== "ParserModelResponseCompleted") continue;
    const { content, content_type: contentType, warning } = body;
    const parsed = { content, contentType, ...(warning === undefined ? {} : { warning }) };
    made = { ...made, parsed };
  }
  return made;
}
