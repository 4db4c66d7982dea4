import { expect, test } from "vitest";
import { formatTimeUntil } from "./format-time-until.ts";

const NOW = Date.parse("2026-05-04T08:00:00Z");
const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;

test.each([
  [-5 * MIN, "now"],
  [0, "now"],
  [38 * S, "in 38 s"],
  [6 * MIN + 59 * S, "in 6 min"],
  [H, "in 1 h"],
  [H + 5 * MIN, "in 1 h 5 min"],
  [23 * H, "in 23 h"],
  [30 * H, "in 1 day"],
  [72 * H, "in 3 days"],
  [200 * H, "12 May"],
  [9_000 * H, "14 May 2027"],
])("%i ms ahead is %j", (wait, words) => {
  expect(formatTimeUntil(NOW + wait, NOW, "UTC")).toBe(words);
});
