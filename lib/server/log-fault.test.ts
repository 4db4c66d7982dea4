import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createComponentSchema } from "#lib/core/component.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { CodeGuardrail, Hook } from "#lib/core/run-hook.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { askAgent, runOf } from "#tests/support/pausing-agent.ts";
import { createComponent } from "./create-component.ts";
import { performAfterRunPiece } from "./perform-after-run-piece.ts";

const world = pauseWorld({ LOG_LEVEL: "error" });
const REGISTRY = Symbol.for("gatehouse.code-checks");

/** Fails as a client does that quotes what it was to send, over several lines, and what has answered. */
function fail(): Promise<never> {
  const cause = new TypeError("No route.\n    at bo@example.com (4111 1111 1111 1111)");
  return Promise.reject(
    new Error(`Cannot tell jo@example.com\n    at home: ${"words ".repeat(200)}the end`, { cause }),
  );
}

let written: string[] = [];
beforeAll(() => {
  const parts = { name: "fails", title: "", description: "" };
  const hook: Hook = { ...parts, when: "pre", run: fail };
  const guardrail: CodeGuardrail = { ...parts, checkInput: fail };
  Reflect.deleteProperty(globalThis, REGISTRY);
  processSingleton("code-checks", () => ({
    guardrails: new Map([["fails", guardrail]]),
    hooks: new Map([["fails", hook]]),
    middleware: new Map(),
  }));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});
beforeEach(() => {
  written = [];
});
afterAll(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(globalThis, REGISTRY);
});

async function ask(config: object) {
  const { component_id: agentId } = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Failing ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, ...config },
    }),
  );
  return askAgent(world.ann, agentId, "hello");
}

/** The lines about failures, none of which says what nobody is to see. */
function faults(): Record<string, unknown>[] {
  const lines = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(written.join("")).not.toMatch(/jo@|bo@|4111|the end|"at (?:home|\*)/);
  return lines;
}

const TOLD = {
  type: "Error",
  sentence: expect.stringMatching(/^Cannot tell \*{14}\n/),
  stack: expect.arrayContaining([expect.stringMatching(/^at .*fail .*log-fault\.test\.ts:\d+:\d+\)$/)]),
  cause: { type: "TypeError", sentence: expect.stringContaining("No route."), stack: expect.any(Array) },
};

it("a hook that fails is logged with where it failed, and without what its error quotes", async () => {
  await ask({ pre_hooks: [{ name: "fails" }] });
  expect(faults()).toMatchObject([{ level: "error", name: "fails", error: TOLD }]);
});

it("a guardrail that fails is logged so, too, and so is the run that it stops", async () => {
  await ask({ guardrails: [{ kind: "custom", name: "fails" }] });
  expect(faults()).toMatchObject([
    { name: "fails", error: TOLD },
    { message: "A run failed.", error: TOLD },
  ]);
});

it("a background hook that fails is logged so, too", async () => {
  const { runId } = runOf(await ask({ pre_hooks: [{ name: "fails", background: true }] }));
  await performAfterRunPiece(world.everyone, runId, "background-hooks");
  expect(faults()).toMatchObject([{ runId, name: "fails", error: TOLD }]);
});
