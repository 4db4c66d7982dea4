import type { JournalEvent } from "./journal.ts";
import { cutsOf, isTextEvent, textOf, withText } from "./text-part.ts";

/**
 * The events of one run that count: without its siblings' in the same tree and without what a RunRecovered has
 * given up. `events` are in index order; a compacted text that the given-up part begins in is cut there.
 */
export function liveEvents(events: readonly JournalEvent[], runId: string): JournalEvent[] {
  let live: JournalEvent[] = [];
  for (const event of events) {
    if (event.runId !== runId) continue;
    if (event.body.type === "RunRecovered") live = before(live, event.body.discarded_from_index);
    else live.push(event);
  }
  return live;
}

function before(events: readonly JournalEvent[], discardedFrom: number): JournalEvent[] {
  return events.flatMap((event) => {
    if (event.lastIndex < discardedFrom) return [event];
    if (event.index >= discardedFrom || !isTextEvent(event)) return [];
    const cuts = cutsOf(event.body).slice(0, discardedFrom - event.index);
    const text = textOf(event.body).slice(0, cuts.at(-1) ?? 0);
    return [{ ...event, lastIndex: discardedFrom - 1, body: withText(event.body, text, cuts) }];
  });
}
