import { expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";
import { unfinishedWork } from "./unfinished-work.ts";

test("a note of unfinished work is found, a word that only contains it is not", () => {
  const text = `const TODOS = 1;\n// ${"TO"}${"DO"}: later`;
  expect(unfinishedWork([parseSource("lib/core/x.ts", text)]).map(({ line }) => line)).toEqual([2]);
});
