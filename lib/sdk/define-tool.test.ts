import { expect, it } from "vitest";
import { z } from "zod";
import { defineTool } from "./define-tool.ts";
import { defineToolHook } from "./define-tool-hook.ts";

const PARTS = {
  name: "send_email",
  description: "Sends an email.",
  effect: "write" as const,
  input: z.object({ to: z.string() }),
  execute: () => Promise.resolve("sent"),
};

it.each([
  [{}, undefined],
  [{ requiresConfirmation: true }, { kind: "confirmation" }],
  [{ requiresUserInput: ["to"] }, { kind: "user_input", fields: ["to"] }],
  [{ externalExecution: true }, { kind: "external_execution", silent: false }],
  [{ externalExecution: { silent: true } }, { kind: "external_execution", silent: true }],
])("%j: what the calls wait for", (flags, hold) => {
  expect(defineTool({ ...PARTS, ...flags }).hold).toEqual(hold);
});

it("takes a price in whole millionths of a dollar, and no other", () => {
  expect(defineTool({ ...PARTS, costMicroUsd: 2_500 }).costMicroUsd).toBe(2_500);
  expect(defineTool(PARTS)).not.toHaveProperty("costMicroUsd");
  for (const costMicroUsd of [-1, 0.5, Number.NaN]) {
    expect(() => defineTool({ ...PARTS, costMicroUsd })).toThrow(/whole millionths/);
  }
});

it("refuses parts that contradict each other, and a name that providers do not take", () => {
  expect(() => defineTool({ ...PARTS, requiresConfirmation: true, externalExecution: true })).toThrow(
    /Choose one/,
  );
  expect(() => defineTool({ ...PARTS, approval: "audit" })).toThrow(/asks nobody/);
  expect(() => defineTool({ ...PARTS, name: "send email" })).toThrow(/needs 1 to 64 letters/);
  expect(defineTool({ ...PARTS, approval: "required", version: "2" })).toMatchObject({
    approval: "required",
    version: "2",
  });
});

it("keeps results only of tools that read, an hour unless said otherwise, and ends no run from outside", () => {
  const read = { ...PARTS, effect: "read" as const };
  expect(defineTool({ ...read, cache: true }).cacheTtlSeconds).toBe(3_600);
  expect(defineTool({ ...read, cache: { ttlSeconds: 5 } }).cacheTtlSeconds).toBe(5);
  expect(defineTool({ ...read, cache: false })).not.toHaveProperty("cacheTtlSeconds");
  for (const effect of ["write", "idempotent"] as const) {
    expect(() => defineTool({ ...PARTS, effect, cache: true })).toThrow(/does more than read/);
  }
  for (const ttlSeconds of [0, -1, Number.NaN, 1e9]) {
    expect(() => defineTool({ ...read, cache: { ttlSeconds } })).toThrow(/may keep its results/);
  }
  expect(() => defineTool({ ...PARTS, externalExecution: true, stopAfterCall: true })).toThrow(/elsewhere/);
  expect(() => defineToolHook({ name: "a hook", around: (_call, next) => next() })).toThrow(
    /1 to 64 letters/,
  );
});
