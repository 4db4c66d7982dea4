import { expect, test } from "vitest";
import { usageWords } from "./usage-words.ts";

test("a run's tokens and cost are told; of an answer that was stopped before its model told them, nothing is", () => {
  expect(usageWords({ totalTokens: 843, costMicroUsd: 31_000 })).toEqual(["843 tokens", "$0.031"]);
  expect(usageWords({ totalTokens: 843, costMicroUsd: null })).toEqual(["843 tokens", "no price"]);
  expect(usageWords({ totalTokens: 0, costMicroUsd: 0 })).toEqual([]);
});
