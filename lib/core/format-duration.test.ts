import { expect, test } from "vitest";
import { formatDuration } from "./format-duration.ts";

test.each([
  [0, "0 ms"],
  [212.4, "212 ms"],
  [999.6, "1.0 s"],
  [6_240, "6.2 s"],
  [9_960, "10 s"],
  [38_000, "38 s"],
  [59_700, "1 min"],
  [130_000, "2 min 10 s"],
  [11_520_000, "3 h 12 min"],
  [7_200_000, "2 h"],
])("%d ms reads %s", (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
