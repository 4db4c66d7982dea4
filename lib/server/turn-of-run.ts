import type { ConversationTurn } from "#lib/core/conversation.ts";
import { conversationFiles } from "#lib/core/conversation-files.ts";
import type { JournalEvent, RunIdentity } from "#lib/core/journal.ts";
import { toFrame } from "#lib/core/run-frame.ts";
import { EMPTY_RUN_VIEW, foldFrame, type ReceivedFrame } from "#lib/core/run-view.ts";

/** Folds a run's journal into the turn of a conversation, by the same reducer that a browser uses on the frames. */
export function turnOfRun(run: RunIdentity, events: readonly JournalEvent[]): ConversationTurn {
  const first = events[0];
  const input = first?.body.type === "RunStarted" ? first.body.input : undefined;
  return {
    key: run.runId,
    question: input?.content ?? "",
    files: conversationFiles(run.runId, input?.attachments),
    askedAtMs: first?.createdAtMs ?? 0,
    view: events.reduce(
      (view, event) => foldFrame(view, toFrame(event, run) as unknown as ReceivedFrame),
      EMPTY_RUN_VIEW,
    ),
    versions: [],
    standingRunId: run.runId,
    refusal: null,
  };
}
