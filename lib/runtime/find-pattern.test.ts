import { performance } from "node:perf_hooks";
import { expect, it } from "vitest";
import { CheckError } from "../core/check-error.ts";
import { findPattern } from "./find-pattern.ts";
import { PatternTime } from "./pattern-time.ts";

const find = (texts: string[], pattern: string, time = new PatternTime()) =>
  findPattern(texts, { name: "letters", pattern }, time);

it("finds every place of every text, by UTF-16 units, and nothing where there is nothing", () => {
  expect(find(["😀 EMP-123 and EMP-456", "", "EMP-", "EMP-789"], "EMP-\\d{3}")).toEqual([
    [0, 3, 10],
    [0, 15, 22],
    [3, 0, 7],
  ]);
  expect(find(["ab", "b"], "^b|x*")).toEqual([[1, 0, 1]]);
});

it("patterns that would take for ever let nothing through, and stop nothing else for long, however many", () => {
  const before = performance.now();
  const time = new PatternTime();
  const work = () => find([`${"a".repeat(60)}!`], "^(a+)+$", time);
  expect(work).toThrow(CheckError);
  for (let again = 0; again < 20; again += 1) expect(work).toThrow(/take too long .* “letters”/);
  // Nor is a simple one tried when the time is over.
  expect(() => find(["b"], "a", time)).toThrow(CheckError);
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(find(["aab"], "a+")).toEqual([[0, 0, 2]]);
});

it("a pattern is data: it cannot leave the search", () => {
  expect(find(['")); process.exit(1); //'], "exit")).toEqual([[0, 13, 17]]);
  expect(() => find(["text"], "(?<a>t)(?<a>e")).toThrow(CheckError);
});
