import { performance } from "node:perf_hooks";
import { expect, it } from "vitest";
import { CheckError } from "../core/check-error.ts";
import { findPattern } from "./find-pattern.ts";

it("finds every place, by UTF-16 units, and nothing where there is nothing", () => {
  expect(findPattern("😀 EMP-123 and EMP-456", "EMP-\\d{3}", "id")).toEqual([
    [3, 10],
    [15, 22],
  ]);
  expect(findPattern("no", "EMP-\\d{3}", "id")).toEqual([]);
});

it("a pattern that would take for ever lets nothing through, and stops nothing else for long", () => {
  const before = performance.now();
  const work = () => findPattern(`${"a".repeat(60)}!`, "^(a+)+$", "letters");
  expect(work).toThrow(CheckError);
  expect(work).toThrow(/“letters” takes too long/);
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(findPattern("aab", "a+", "letters")).toEqual([[0, 2]]);
});

it("a pattern is data: it cannot leave the search", () => {
  expect(findPattern('")); process.exit(1); //', "exit", "x")).toEqual([[13, 17]]);
  expect(() => findPattern("text", "(?<a>t)(?<a>e", "x")).toThrow(CheckError);
});
