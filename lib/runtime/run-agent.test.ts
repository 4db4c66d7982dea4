import { setTimeout as elapse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import type { Tool } from "#lib/core/tool.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, pushStream, reasoning, streamModel, text } from "#tests/support/stream-model.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

const add: Tool = {
  name: "add",
  title: "Add",
  description: "Adds two numbers.",
  effect: "read",
  input: z.object({ a: z.number(), b: z.number() }),
  execute: (input) => {
    const { a, b } = input as { a: number; b: number };
    return Promise.resolve(a + b);
  },
};

const boom: Tool = {
  ...add,
  name: "boom",
  input: z.object({ x: z.string() }),
  execute: (input) => Promise.reject(new Error(`boom ${(input as { x: string }).x}`)),
};

describe("the order of a run's events is the recorded server's", () => {
  it("for a plain answer", async () => {
    const { ports, journal } = runWorld({ model: streamModel([...text("Echo: ", "hello"), finish()]) });
    const outcome = await runAgent(testAgent(), ports);
    expect(outcome).toEqual({ status: "COMPLETED", content: "Echo: hello" });
    expect(journal.types).toEqual([
      "RunStarted",
      "ModelRequestStarted",
      "RunContent",
      "ModelRequestCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: "Echo: hello",
      content_type: "str",
      session_state: {},
      metrics: {
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        cost: 0.00003,
        details: { model: [{ id: "test-1", provider: "Test", input_tokens: 10 }] },
      },
    });
  });

  it("for a tool call, and the fields of the call with it", async () => {
    const model = streamModel(
      [call("call_1", "add", { a: 1, b: 2 }), finish("tool-calls")],
      [...text("Echo: 3"), finish()],
    );
    const { ports, journal } = runWorld({ model, tools: [add] });
    await runAgent(testAgent({ tools: ["add"] }), ports);
    expect(journal.types).toEqual([
      "RunStarted",
      "ModelRequestStarted",
      "ModelRequestCompleted",
      "ToolCallStarted",
      "ToolCallCompleted",
      "ModelRequestStarted",
      "RunContent",
      "ModelRequestCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    const [completed] = journal.bodies("ToolCallCompleted");
    expect(completed?.content).toBe("add(a=1, b=2) completed in 0.0000s. ");
    expect(completed?.tool).toMatchObject({
      tool_call_id: "call_1",
      tool_name: "add",
      tool_args: { a: 1, b: 2 },
      tool_call_error: false,
      result: "3",
      child_run_id: null,
      approval_id: null,
    });
    expect(journal.bodies("ModelRequestCompleted")[0]).not.toHaveProperty("time_to_first_token");
    expect(journal.bodies("RunCompleted")[0]?.metrics.total_tokens).toBe(30);
  });

  it("for a tool that fails", async () => {
    const model = streamModel(
      [call("c", "boom", { x: "y" }), finish("tool-calls")],
      [...text("It failed."), finish()],
    );
    const { ports, journal } = runWorld({ model, tools: [boom] });
    await runAgent(testAgent(), ports);
    expect(journal.types.slice(3, 6)).toEqual(["ToolCallStarted", "ToolCallCompleted", "ToolCallError"]);
    expect(journal.bodies("ToolCallError")[0]).toMatchObject({
      error: "boom y",
      tool: { tool_call_error: true },
    });
  });

  it("for reasoning before the answer", async () => {
    const model = streamModel([...reasoning("Let me ", "think."), ...text("Four."), finish()]);
    const { ports, journal } = runWorld({ model });
    await runAgent(testAgent(), ports);
    expect(journal.types.slice(1, 7)).toEqual([
      "ModelRequestStarted",
      "ReasoningStarted",
      "ReasoningContentDelta",
      "ReasoningCompleted",
      "RunContent",
      "ModelRequestCompleted",
    ]);
    expect(journal.bodies("RunCompleted")[0]?.reasoning_content).toBe("Let me think.");
  });
});

it("needs few appends, and writes the end of a run with its row in one", async () => {
  const { ports, journal } = runWorld({ model: streamModel([...text("abc", "def", "ghi", "j"), finish()]) });
  await runAgent(testAgent(), ports);
  expect(journal.appends.length).toBeLessThanOrEqual(4);
  const last = journal.appends.at(-1);
  expect(last?.events.slice(-3).map((event) => event.body.type)).toEqual([
    "ModelRequestCompleted",
    "RunContentCompleted",
    "RunCompleted",
  ]);
  expect(last?.patches?.[0]?.patch).toMatchObject({
    status: "COMPLETED",
    content: "abcdefghij",
    totalTokens: 15,
    costMicroUsd: 30,
  });
});

it("keeps the prompt as sent beside ModelRequestStarted", async () => {
  const { ports, journal, blobs } = runWorld({
    model: streamModel([...text("ok"), finish()]),
    tools: [add],
    history: [
      { runId: "earlier", messages: [{ role: "user", content: [{ type: "text", text: "before" }] }] },
    ],
  });
  await runAgent(testAgent({ instructions: "Be brief.", temperature: 0.5 }), ports);
  const internal = journal.internals.get(1) as { system: string; tools: string };
  expect(internal).toMatchObject({ history: ["earlier"], params: { temperature: 0.5 } });
  expect(blobs.get(internal.system)).toContain("Be brief.");
  expect(JSON.parse(blobs.get(internal.tools) ?? "")).toMatchObject([
    { name: "add", inputSchema: { type: "object" } },
  ]);
});

describe("tool calls of one turn", () => {
  it("run side by side, end in any order, and are told to the model in theirs", async () => {
    const releases = new Map<string, () => void>();
    const waiting: Tool = {
      ...add,
      name: "wait",
      input: z.object({ name: z.string() }),
      execute: (input) =>
        new Promise((resolve) => {
          const { name } = input as { name: string };
          releases.set(name, () => resolve(name));
        }),
    };
    const model = streamModel(
      [call("1", "wait", { name: "first" }), call("2", "wait", { name: "second" }), finish("tool-calls")],
      [...text("done"), finish()],
    );
    const { ports, journal } = runWorld({ model, tools: [waiting] });
    const done = runAgent(testAgent(), ports);
    await until(() => releases.size === 2);
    releases.get("second")?.();
    await until(() => journal.bodies("ToolCallCompleted").length === 1);
    releases.get("first")?.();
    await done;
    expect(journal.bodies("ToolCallCompleted").map((body) => body.tool.result)).toEqual(["second", "first"]);
    expect(model.calls[1]?.prompt.at(-1)).toMatchObject({
      role: "tool",
      content: [
        { toolCallId: "1", output: { type: "text", value: "first" } },
        { toolCallId: "2", output: { type: "text", value: "second" } },
      ],
    });
  });

  it.each([
    ["arguments that do not fit", "add", { a: "one" }, /do not fit the tool add: a: .*; b: /],
    ["arguments that are not JSON", "add", '{"a": 1,', /not valid JSON/],
    ["arguments that are no object", "add", "[1]", /must be a JSON object/],
    ["a tool that does not exist", "subtract", { a: 1 }, /no tool named "subtract". The tools are: add\./],
    [
      "arguments nested beyond reason",
      "add",
      "[".repeat(50_000) + "]".repeat(50_000),
      /must be|nested too deeply/,
    ],
  ])("become an error that the model sees: %s", async (_what, name, input, reason) => {
    const model = streamModel([call("c", name, input), finish("tool-calls")], [...text("sorry"), finish()]);
    const { ports, journal } = runWorld({ model, tools: [add] });
    expect((await runAgent(testAgent(), ports)).status).toBe("COMPLETED");
    expect(journal.bodies("ToolCallError")[0]?.error).toMatch(reason);
    const told = model.calls[1]?.prompt.at(-1);
    expect(told).toMatchObject({ role: "tool", content: [{ output: { type: "error-text" } }] });
  });

  it("get an id of their own when the model repeats one", async () => {
    const model = streamModel(
      [call("c", "add", { a: 1, b: 1 }), call("c", "add", { a: 2, b: 2 }), finish("tool-calls")],
      [...text("ok"), finish()],
    );
    const { ports, journal } = runWorld({ model, tools: [add] });
    await runAgent(testAgent(), ports);
    const ids = journal.bodies("ToolCallCompleted").map((body) => body.tool.tool_call_id);
    expect(new Set(ids).size).toBe(2);
  });

  it("beyond the limit are refused, and a model that goes on calling is stopped", async () => {
    const model = streamModel([call("c", "add", { a: 1, b: 1 }), finish("tool-calls")]);
    const { ports, journal } = runWorld({ model, tools: [add] });
    const outcome = await runAgent(testAgent({ tool_call_limit: 2 }), ports);
    expect(outcome).toMatchObject({ status: "ERROR", error: { type: "model_output_limit_error" } });
    expect(journal.bodies("ToolCallCompleted").map((body) => body.tool.tool_call_error)).toEqual([
      false,
      false,
      true,
    ]);
    expect(model.calls.map((options) => options.toolChoice?.type)).toEqual([
      undefined,
      undefined,
      undefined,
      "none",
    ]);
  });

  it("that take too long are given up, though the tool heeds no signal", async () => {
    const stuck: Tool = {
      ...add,
      name: "stuck",
      effect: "write",
      execute: () => new Promise(() => undefined),
    };
    const model = streamModel(
      [call("c", "stuck", { a: 1, b: 1 }), finish("tool-calls")],
      [...text("ok"), finish()],
    );
    const { ports, journal, clock } = runWorld({ model, tools: [stuck] });
    const done = runAgent(testAgent(), ports);
    await until(() => journal.bodies("ToolCallStarted").length === 1 && clock.pending > 0);
    clock.advance(30_000);
    await done;
    expect(journal.bodies("ToolCallError")[0]?.error).toMatch(
      /did not finish within 30 seconds.*not known whether/,
    );
  });

  it("change the session's state, which is saved with their own events", async () => {
    const remember: Tool = {
      ...add,
      name: "remember",
      effect: "idempotent",
      input: z.object({}),
      execute: (_input, { sessionState }) => {
        sessionState.set("colour", "blue\0");
        sessionState.set("__proto__", 1);
        sessionState.delete("old");
        return Promise.resolve("ok");
      },
    };
    const model = streamModel([call("c", "remember", {}), finish("tool-calls")], [...text("ok"), finish()]);
    const { ports, journal } = runWorld({ model, tools: [remember], sessionState: { old: true, kept: 1 } });
    await runAgent(testAgent(), ports);
    const state = JSON.parse('{"kept":1,"colour":"blue\uFFFD","__proto__":1}');
    const saving = journal.appends.filter((append) => append.sessionState !== undefined);
    expect(saving.map((append) => append.sessionState)).toEqual([{ sessionId: "s1", state }]);
    expect(saving[0]?.events.some((event) => event.body.type === "ToolCallCompleted")).toBe(true);
    expect(journal.bodies("RunCompleted")[0]?.session_state).toEqual(state);
  });

  it("that change the world begin only after their start is in the journal", async () => {
    const seen: string[] = [];
    const { ports, journal } = runWorld({
      model: streamModel([call("c", "write", {}), finish("tool-calls")], [...text("ok"), finish()]),
      tools: [
        {
          ...add,
          name: "write",
          effect: "write",
          input: z.object({}),
          execute: () => {
            seen.push(...journal.types);
            return Promise.resolve("ok");
          },
        },
      ],
    });
    await runAgent(testAgent(), ports);
    expect(seen).toContain("ToolCallStarted");
  });
});

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

  it("shows the sentence of a gate, and hides an error of ours behind an id", async () => {
    const refuse = (error: Error) => ({
      beforeModelCall: () => Promise.reject(error),
      beforeToolCall: () => Promise.resolve(),
    });
    const model = streamModel([...text("never"), finish()]);
    const budget = runWorld({ model, gates: refuse(new AppError("forbidden", "The budget is spent.")) });
    await runAgent(testAgent(), budget.ports);
    expect(budget.journal.bodies("RunError")[0]?.content).toBe("The budget is spent.");
    const broken = runWorld({ model, gates: refuse(new Error("password=hunter2")) });
    await runAgent(testAgent(), broken.ports);
    expect(broken.journal.bodies("RunError")[0]?.content).not.toContain("hunter2");
    expect(broken.journal.bodies("RunError")[0]?.content).toContain("id-1");
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
