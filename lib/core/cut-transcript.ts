import { messageCount, type TranscriptEntry } from "./transcript.ts";

/**
 * Where a conversation is cut: behind everything, behind the last question, before the answer that nothing but the
 * model's own words makes up, or behind so many messages.
 */
export type CutPlace = "end" | "last_user" | "last_answer" | number;

/** The part of a conversation that stands before a place. */
export interface TranscriptCut {
  entries: readonly TranscriptEntry[];
  /** How many messages it has, the system's included. */
  messageIndex: number;
  /** Index of the first event behind it; null when all of the conversation stands. */
  untilIndex: number | null;
}

/**
 * Cuts a conversation. The place snaps down to one that every provider takes: a turn stands with the results of all of
 * its calls, or not at all. `leading` is how many messages come before the first entry: the system's.
 */
export function cutTranscript(
  entries: readonly TranscriptEntry[],
  place: CutPlace,
  leading: number,
): TranscriptCut {
  const wanted = entriesBefore(entries, place, leading);
  const broken = entries.findIndex((entry) => !isWhole(entry));
  const count = broken === -1 ? wanted : Math.min(wanted, broken);
  const kept = entries.slice(0, count);
  const messageIndex = kept.reduce((sum, entry) => sum + messageCount(entry), leading);
  return {
    entries: kept,
    messageIndex: typeof place === "number" ? Math.min(place, messageIndex) : messageIndex,
    untilIndex: entries[count]?.startIndex ?? null,
  };
}

function entriesBefore(entries: readonly TranscriptEntry[], place: CutPlace, leading: number): number {
  if (place === "end") return entries.length;
  if (place === "last_user") return entries.findLastIndex(({ kind }) => kind === "question") + 1;
  if (place === "last_answer") {
    return entries.findLastIndex((entry) => entry.kind === "question" || entry.turn.calls.length > 0) + 1;
  }
  let messages = leading;
  const beyond = entries.findIndex((entry) => {
    messages += messageCount(entry);
    return messages > place;
  });
  return beyond === -1 ? entries.length : beyond;
}

/** False for an answer that broke off and for one with a call that has no result. */
function isWhole(entry: TranscriptEntry): boolean {
  if (entry.kind === "question") return true;
  const { completedIndex, calls } = entry.turn;
  return completedIndex !== null && calls.every((call) => call.finishedAtMs !== null);
}
