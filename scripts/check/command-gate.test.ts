import { expect, test } from "vitest";
import { commandGate } from "./command-gate.ts";

test("a program that fails makes a finding with its output, one that succeeds none", async () => {
  const failing = commandGate("x", ".", ["-e", "console.error('a.ts:3 wrong'); process.exit(2)"]);
  expect(await failing.run()).toEqual([{ file: "x", message: "a.ts:3 wrong" }]);
  expect(await commandGate("x", ".", ["-e", "console.log('fine')"]).run()).toEqual([]);
});
