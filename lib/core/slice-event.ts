import type { JournalEvent } from "./journal.ts";
import { cutsOf, isTextEvent, textOf, withText } from "./text-part.ts";

/**
 * What a reader still lacks of a row, if the last index that it has seen is `afterIndex` (-1: nothing yet).
 * Null when it has all of it. A cursor inside a compacted row gets the rest of the text as one event
 * that moves it to the row's last index.
 */
export function sliceEvent(event: JournalEvent, afterIndex: number): JournalEvent | null {
  if (event.lastIndex <= afterIndex) return null;
  if (event.index > afterIndex || !isTextEvent(event)) return event;
  const cuts = cutsOf(event.body);
  const seenPieces = afterIndex - event.index + 1;
  const seenLength = cuts[seenPieces - 1] ?? 0;
  const rest = cuts.slice(seenPieces).map((cut) => cut - seenLength);
  return {
    ...event,
    index: afterIndex + 1,
    body: withText(event.body, textOf(event.body).slice(seenLength), rest),
  };
}
