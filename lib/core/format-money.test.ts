import { expect, test } from "vitest";
import { formatMoney } from "./format-money.ts";

test.each([
  [null, "no price"],
  [0, "$0.00"],
  [400, "<$0.001"],
  [31_000, "$0.031"],
  [999_600, "$1.00"],
  [4_820_000, "$4.82"],
  [1_234_560_000, "$1,234.56"],
])("%s millionths read %s", (microUsd, words) => {
  expect(formatMoney(microUsd)).toBe(words);
});
