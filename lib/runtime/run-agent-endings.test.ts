import { setTimeout as elapse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import type { Tool } from "#lib/core/tool.ts";
import { NO_BUDGET } from "#tests/support/no-budget.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, pushStream, streamModel, text } from "#tests/support/stream-model.ts";
import { add, boom } from "#tests/support/sum-tools.ts";
import { HandOver } from "./hand-over.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

describe("a cancelled run", () => {
  it("in mid-text keeps what was written, whatever the provider does about the signal", async () => {
    const source = pushStream();
    const { ports, journal, cancel, runId } = runWorld({ model: streamModel(() => source.stream) });
    const done = runAgent(testAgent(), ports);
    source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "Echo: very long " });
    await until(() => journal.text !== "");
    cancel.abort();
    expect(await done).toEqual({ status: "CANCELLED", content: "Echo: very long " });
    expect(journal.types.slice(-2)).toEqual(["RunCancelled", "RunCompleted"]);
    const reason = `Run ${runId} was cancelled`;
    expect(journal.bodies("RunCancelled")[0]).toMatchObject({ reason, content: "Echo: very long " });
    expect(journal.bodies("RunCompleted")[0]?.content).toBe("Echo: very long ");
    expect(journal.appends.at(-1)?.patches?.[0]?.patch).toMatchObject({
      status: "CANCELLED",
      content: "Echo: very long ",
    });
  });

  it("in mid-tool aborts the tool, and later runs are told of no call without a result", async () => {
    let aborted = false;
    const slow: Tool = {
      ...add,
      name: "slow",
      input: z.object({}),
      execute: (_input, { signal, sessionState }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            expect(() => sessionState.set("late", 1)).toThrow(/over/);
            resolve("late");
          });
        }),
    };
    const model = streamModel([...text("I will look. "), call("c", "slow", {}), finish("tool-calls")]);
    const { ports, journal, cancel } = runWorld({ model, tools: [slow] });
    const done = runAgent(testAgent(), ports);
    await until(() => journal.bodies("ToolCallStarted").length === 1);
    cancel.abort();
    expect(await done).toEqual({ status: "CANCELLED", content: "I will look. " });
    expect(aborted).toBe(true);
    expect(journal.types.slice(-2)).toEqual(["RunCancelled", "RunCompleted"]);
    expect(messagesFromEvents(journal.events)).toEqual([
      { role: "user", content: [{ type: "text", text: "hello" }] },
      { role: "assistant", content: [{ type: "text", text: "I will look. " }] },
    ]);
  });

  it("releases the effects that it had claimed and not begun, and says of no tool that it may have been at work", async () => {
    const write: Tool = { ...add, name: "write", effect: "write", input: z.object({}) };
    const model = streamModel([call("c", "write", {}), finish("tool-calls")]);
    const { ports, journal, cancel } = runWorld({ model, tools: [write] });
    const append = journal.append.bind(journal);
    journal.append = async (request) => {
      const appended = await append(request);
      if (request.effectClaims !== undefined) cancel.abort();
      return appended;
    };
    expect(await runAgent(testAgent(), ports)).toMatchObject({ status: "CANCELLED" });
    expect(journal.appends.flatMap(({ effectClaims = [] }) => effectClaims)).toHaveLength(1);
    expect(journal.appends.flatMap(({ effectEnds = [] }) => effectEnds)).toMatchObject([
      { toolCallId: "c", attempt: 1, status: "released" },
    ]);
    expect(journal.bodies("ToolCallError")).toEqual([]);
  });

  it("before it began makes no model call", async () => {
    const model = streamModel([...text("never"), finish()]);
    const { ports, journal, cancel } = runWorld({ model });
    cancel.abort();
    expect((await runAgent(testAgent(), ports)).status).toBe("CANCELLED");
    expect(model.calls).toEqual([]);
    expect(journal.types).toEqual(["RunStarted", "RunCancelled", "RunCompleted"]);
  });
});

describe("a failed run", () => {
  it("keeps what was written before the stream broke, and says why", async () => {
    const source = pushStream();
    const { ports, journal } = runWorld({ model: streamModel(() => source.stream) });
    const done = runAgent(testAgent(), ports);
    source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "Half" });
    await until(() => journal.text === "Half");
    source.push({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } });
    expect(await done).toMatchObject({
      status: "ERROR",
      content: "Half",
      error: { type: "model_provider_error" },
    });
    expect(journal.types.at(-1)).toBe("RunError");
    expect(journal.bodies("RunError")[0]).toEqual({
      type: "RunError",
      content: "Test failed: Overloaded",
      error_type: "model_provider_error",
      error_id: "id-1",
    });
    expect(journal.appends.at(-1)?.patches?.[0]?.patch).toMatchObject({
      status: "ERROR",
      content: "Half",
      errorMessage: "Test failed: Overloaded",
    });
  });

  it("tells an answer that was held back from a failure", async () => {
    const { ports } = runWorld({ model: streamModel([...text("I"), finish("content-filter")]) });
    const outcome = await runAgent(testAgent(), ports);
    expect(outcome).toMatchObject({ status: "ERROR", content: "I", error: { type: "model_refusal_error" } });
  });

  it("is one whose file no model can read, before any model call", async () => {
    const model = streamModel([...text("never"), finish()]);
    const files = [{ filename: "a.zip", mediaType: "application/zip", bytes: new Uint8Array(3) }];
    const { ports } = runWorld({ model, input: { content: "look", files } });
    const outcome = await runAgent(testAgent(), ports);
    expect(outcome).toMatchObject({ status: "ERROR", error: { sentence: expect.stringContaining("a.zip") } });
    expect(model.calls).toEqual([]);
  });

  it("shows the sentence of what is asked before a model call, and hides an error of ours behind an id", async () => {
    const refuse = (error: Error) => ({
      ...NO_BUDGET,
      caps: () => Promise.reject(error),
    });
    const model = streamModel([...text("never"), finish()]);
    const budget = runWorld({ model, budget: refuse(new AppError("forbidden", "The budget is spent.")) });
    await runAgent(testAgent(), budget.ports);
    expect(budget.journal.bodies("RunError")[0]?.content).toBe("The budget is spent.");
    const broken = runWorld({ model, budget: refuse(new Error("password=hunter2")) });
    await runAgent(testAgent(), broken.ports);
    expect(broken.journal.bodies("RunError")[0]?.content).not.toContain("hunter2");
    expect(broken.journal.bodies("RunError")[0]?.content).toContain("id-1");
  });
});

describe("a driver that is told to hand over", () => {
  it("writes what it has, ends nothing and starts nothing more", async () => {
    const releases: (() => void)[] = [];
    const fast: Tool = { ...add, name: "fast", input: z.object({}), execute: () => Promise.resolve("done") };
    const slow: Tool = {
      ...fast,
      name: "slow",
      execute: () => new Promise((resolve) => releases.push(() => resolve("late"))),
    };
    const model = streamModel([call("1", "fast", {}), call("2", "slow", {}), finish("tool-calls")]);
    const { ports, journal, cancel } = runWorld({ model, tools: [fast, slow] });
    const done = runAgent(testAgent(), ports);
    await until(() => releases.length === 1 && journal.types.includes("ToolCallCompleted"));
    cancel.abort(new HandOver());
    expect(await done).toEqual({ status: "HANDED_OVER" });
    releases[0]?.();
    await elapse(1);
    expect(journal.types.slice(-3)).toEqual(["ToolCallStarted", "ToolCallStarted", "ToolCallCompleted"]);
    expect(model.calls).toHaveLength(1);
    expect(journal.appends.every((append) => append.patches?.[0]?.patch.status === undefined)).toBe(true);
  });
});

describe("a driver whose lease was taken", () => {
  it("stops without another write and makes no further call", async () => {
    const source = pushStream();
    const { ports, journal } = runWorld({ model: streamModel(() => source.stream) });
    const done = runAgent(testAgent(), ports);
    source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "a" });
    await until(() => journal.text === "a");
    journal.generation = 2;
    source.push({ type: "text-end", id: "t" }, finish());
    expect(await done).toEqual({ status: "LEASE_LOST" });
    expect(journal.types).toEqual(["RunStarted", "ModelRequestStarted", "RunContent"]);
  });

  it("does not start a tool that changes the world", async () => {
    let ran = false;
    const write: Tool = {
      ...add,
      effect: "write",
      execute: () => {
        ran = true;
        return Promise.resolve("ok");
      },
    };
    const source = pushStream();
    const { ports, journal } = runWorld({ model: streamModel(() => source.stream), tools: [write] });
    const done = runAgent(testAgent(), ports);
    await until(() => journal.types.length === 2);
    journal.generation = 2;
    source.push(call("c", "add", { a: 1, b: 1 }), finish("tool-calls"));
    expect(await done).toEqual({ status: "LEASE_LOST" });
    expect(ran).toBe(false);
  });

  it("rejects when the journal itself fails", async () => {
    const { ports, journal } = runWorld({ model: streamModel([...text("a"), finish()]) });
    journal.hold = () => elapse(1).then(() => Promise.reject(new Error("The disk is full.")));
    await expect(runAgent(testAgent(), ports)).rejects.toThrow("The disk is full.");
  });
});

it("tells later runs what it told itself: the fold of the events is the prompt that grew in the loop", async () => {
  const signed = { test: { signature: "s1" } };
  const model = streamModel(
    [
      { type: "reasoning-start", id: "r" },
      { type: "reasoning-delta", id: "r", delta: "I should " },
      { type: "reasoning-delta", id: "r", delta: "add." },
      { type: "reasoning-end", id: "r", providerMetadata: signed },
      ...text("Adding. "),
      { ...(call("1", "add", { a: 1, b: 2 }) as object), providerMetadata: { test: { item: "i" } } } as never,
      call("2", "boom", { x: "y" }),
      finish("tool-calls"),
    ],
    [...text("Three."), finish()],
  );
  const { ports, journal } = runWorld({ model, tools: [add, boom] });
  await runAgent(testAgent({ markdown: false }), ports);
  const { internals } = journal;
  const prompt = model.calls[1]?.prompt ?? [];
  expect(messagesFromEvents(journal.events, { internals })).toEqual([
    ...prompt,
    { role: "assistant", content: [{ type: "text", text: "Three." }] },
  ]);
  expect(prompt[1]).toMatchObject({
    content: [
      { type: "reasoning", text: "I should add.", providerOptions: signed },
      { type: "text", text: "Adding. " },
      { type: "tool-call", toolCallId: "1", providerOptions: { test: { item: "i" } } },
      { type: "tool-call", toolCallId: "2" },
    ],
  });
});
