import { expect, test } from "vitest";
import { formatCount } from "./format-count.ts";

test.each([
  [0, "0"],
  [9_999, "9,999"],
  [12_400, "12.4k"],
  [30_000, "30k"],
  [999_960, "1M"],
  [1_250_000, "1.3M"],
])("%i reads %s", (count, words) => {
  expect(formatCount(count)).toBe(words);
});
