import type { HistoryRow } from "./schedule-views.ts";

/** What is worth knowing of an attempt besides its result, in few words; empty for an ordinary one. */
export function historyWords(row: HistoryRow): string {
  const words = [
    row.attempt > 1 ? `attempt ${row.attempt}` : null,
    row.origin === "manual" ? "by hand" : null,
    row.origin === "catch_up" ? "made up for" : null,
    row.missedCount > 0 ? `stands for ${row.missedCount + 1} missed times` : null,
    row.skippedCount > 0 ? `${times(row.skippedCount)} left out meanwhile` : null,
  ];
  return words.filter((word) => word !== null).join(", ");
}

function times(count: number): string {
  return count === 1 ? "1 time" : `${count} times`;
}
