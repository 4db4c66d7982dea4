import type { JournalEvent } from "./journal.ts";
import { cutsOf, isTextEvent, type TextEvent, textOf, withText } from "./text-part.ts";

/**
 * Merges the rows of closed text and reasoning parts. `events` are in index order; every stretch of two or more
 * neighbours of one run, one type and one content type becomes one row {index, lastIndex, text, cuts}.
 * Returns only the merged rows: what stands between (other events, another run's pieces) stays as it is.
 */
export function compactPart(events: readonly JournalEvent[]): TextEvent[] {
  const merged: TextEvent[] = [];
  let stretch: TextEvent[] = [];
  const close = () => {
    const row = stretch.length > 1 ? merge(stretch) : undefined;
    if (row !== undefined) merged.push(row);
    stretch = [];
  };
  for (const event of events) {
    const last = stretch.at(-1);
    if (!isTextEvent(event)) {
      close();
    } else if (last !== undefined && !continues(last, event)) {
      close();
      stretch.push(event);
    } else {
      stretch.push(event);
    }
  }
  close();
  return merged;
}

function continues(last: TextEvent, next: TextEvent): boolean {
  if (next.index !== last.lastIndex + 1 || next.runId !== last.runId) return false;
  if (next.schemaVersion !== last.schemaVersion) return false;
  if (last.body.type === "RunContent" && next.body.type === "RunContent") {
    const isSameKind = last.body.intermediate === next.body.intermediate;
    return isSameKind && last.body.content_type === next.body.content_type;
  }
  return last.body.type === next.body.type;
}

function merge(stretch: readonly TextEvent[]): TextEvent | undefined {
  const [first] = stretch;
  const last = stretch.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let text = "";
  const cuts: number[] = [];
  for (const event of stretch) {
    for (const cut of cutsOf(event.body)) cuts.push(text.length + cut);
    text += textOf(event.body);
  }
  return { ...first, lastIndex: last.lastIndex, body: withText(first.body, text, cuts) };
}
