import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, reasoning, streamModel, text } from "#tests/support/stream-model.ts";
import { add, boom } from "#tests/support/sum-tools.ts";
import { runAgent } from "./run-agent.ts";

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

it("tells the model what the session's state has under a name in braces", async () => {
  const model = streamModel([...text("Hi"), finish()]);
  const { ports } = runWorld({ model, sessionState: { team: "Rowing" } });
  await runAgent(testAgent({ instructions: "You serve {team} and {user_id}.", markdown: false }), ports);
  expect(model.calls[0]?.prompt[0]).toEqual({
    role: "system",
    content: "<instructions>\nYou serve Rowing and u1.\n</instructions>",
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
      effect: "idempotent",
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
    expect(journal.bodies("ToolCallError")[0]?.error).toMatch(/did not finish within 30 seconds/);
  });

  it("that take too long and may have changed something are put to a person", async () => {
    const stuck: Tool = {
      ...add,
      name: "stuck",
      effect: "write",
      execute: () => new Promise(() => undefined),
    };
    const model = streamModel([call("c", "stuck", { a: 1, b: 1 }), finish("tool-calls")]);
    const { ports, journal, clock } = runWorld({ model, tools: [stuck] });
    const done = runAgent(testAgent(), ports);
    await until(() => journal.bodies("ToolCallStarted").length === 1 && clock.pending > 0);
    clock.advance(30_000);
    expect(await done).toEqual({ status: "PAUSED" });
    expect(journal.bodies("ToolCallCompleted")).toEqual([]);
    expect(journal.bodies("RunPaused")[0]?.requirements).toMatchObject([{ kind: "effect_unknown" }]);
    expect(journal.appends.at(-1)).toMatchObject({ effectEnds: [{ toolCallId: "c", status: "unknown" }] });
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
