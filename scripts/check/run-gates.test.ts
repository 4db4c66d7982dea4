import { expect, test } from "vitest";
import { runGates } from "./run-gates.ts";

test("a gate that throws has failed, and the others still run", async () => {
  const broken = { name: "broken", run: () => Promise.reject(new Error("no such tool")) };
  const results = await runGates([broken, { name: "fine", run: () => [] }], 1, () => {});
  expect(results.map(({ name, findings }) => [name, findings.length])).toEqual([
    ["broken", 1],
    ["fine", 0],
  ]);
});
