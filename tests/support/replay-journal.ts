import type { JournalEvent, RunIdentity } from "#lib/core/journal.ts";
import type { JsonValue } from "#lib/core/json.ts";
import { messagesOfRun } from "#lib/core/messages-of-run.ts";
import { toFrame } from "#lib/core/run-frame.ts";
import { runTimeline } from "#lib/core/run-timeline.ts";
import { EMPTY_RUN_VIEW, foldFrame, type ReceivedFrame } from "#lib/core/run-view.ts";
import { messagesFromEvents } from "#lib/runtime/messages-from-events.ts";
import { resumePoint } from "#lib/runtime/resume-point.ts";

/** A journal as the database has it. */
export interface RecordedJournal {
  run: RunIdentity;
  events: JournalEvent[];
  /** The rows' internal records by index. */
  internals: [number, JsonValue][];
}

/** Everything that is folded from a journal, as JSON: what screens, the wire, the model and the next driver make of it. */
export function replayJournal({ run, events, internals }: RecordedJournal): unknown {
  const records = new Map(internals);
  const frames = events.map((event) => toFrame(event, run) as unknown as ReceivedFrame);
  return asJson({
    frames,
    view: frames.reduce(foldFrame, EMPTY_RUN_VIEW),
    timeline: runTimeline(events),
    messages: messagesOfRun(run.runId, events),
    prompt: messagesFromEvents(events, { internals: records }),
    // Where a driver would go on if the last one had died behind each of the events.
    resumed: events.map((_, at) => {
      const { next, discardedFromIndex, totals } = resumePoint(events.slice(0, at + 1), records, () => null);
      return { next: next.kind, discardedFromIndex, totals };
    }),
  });
}

/** What JSON keeps of a value. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
