import { expect, test } from "vitest";
import { tookWords } from "./took-words.ts";

test.each([
  [0, "under 1 s"],
  [1, "1 s"],
  [17, "17 s"],
  [130, "2 min 10 s"],
])("%i whole seconds claim no more than is known: %s", (tookS, words) => {
  expect(tookWords(1_800_000_000, 1_800_000_000 + tookS)).toBe(words);
});
