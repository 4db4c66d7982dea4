import { expect, test } from "vitest";
import { formatRelativeTime, formatShortAge } from "./format-relative-time.ts";

const NOW_MS = Date.UTC(2026, 4, 20, 12, 0, 0);

test.each([
  [0, "now"],
  [38_000, "38 s ago"],
  [6 * 60_000 + 59_000, "6 min ago"],
  [65 * 60_000, "1 h 5 min ago"],
  [2 * 3_600_000, "2 h ago"],
  [7 * 3_600_000 + 5 * 60_000, "7 h ago"],
  [25 * 3_600_000, "1 day ago"],
  [6 * 86_400_000, "6 days ago"],
  [7 * 86_400_000, "13 May"],
  [400 * 86_400_000, "15 Apr 2025"],
])("an age of %i ms reads %s", (ageMs, words) => {
  expect(formatRelativeTime(NOW_MS - ageMs, NOW_MS, "UTC")).toBe(words);
});

test("a time in the future, as clocks differ, reads now", () => {
  expect(formatRelativeTime(NOW_MS + 90_000, NOW_MS, "UTC")).toBe("now");
});

test.each([
  [0, "now"],
  [38_000, "38 s"],
  [6 * 60_000 + 59_000, "6 min"],
  [65 * 60_000, "1 h"],
  [23.9 * 3_600_000, "23 h"],
  [47 * 3_600_000, "1 day"],
  [6 * 86_400_000, "6 days"],
  [7 * 86_400_000, "13 May"],
])("where room is scarce an age of %i ms reads %s", (ageMs, words) => {
  expect(formatShortAge(NOW_MS - ageMs, NOW_MS, "UTC")).toBe(words);
});
