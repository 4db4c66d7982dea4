import { expect, test } from "vitest";
import { historyWords } from "./history-words.ts";
import type { HistoryRow } from "./schedule-views.ts";

const row: HistoryRow = {
  id: "1",
  attempt: 1,
  status: "success",
  origin: "cron",
  at: "2026-05-04T09:00:00Z",
  durationMs: 10,
  error: null,
  missedCount: 0,
  skippedCount: 0,
  run: null,
};

test.each<[Partial<HistoryRow>, string]>([
  [{}, ""],
  [{ origin: "manual" }, "by hand"],
  [{ attempt: 2 }, "attempt 2"],
  [{ origin: "catch_up", missedCount: 3 }, "made up for, stands for 4 missed times"],
  [{ missedCount: 1 }, "stands for 2 missed times"],
  [{ skippedCount: 1 }, "1 time left out meanwhile"],
  [{ skippedCount: 5, origin: "manual" }, "by hand, 5 times left out meanwhile"],
])("%j is %j", (change, words) => {
  expect(historyWords({ ...row, ...change })).toBe(words);
});
