import { APICallError } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import {
  call,
  finish,
  pushStream,
  type StreamAnswer,
  streamModel,
  text,
} from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import { runAgent } from "./run-agent.ts";

const adding = (id: string) => [call(id, "add", { a: 1, b: 2 }), finish("tool-calls")];
const answer = [...text("Three."), finish()];
const failing =
  (statusCode: number): StreamAnswer =>
  () =>
    Promise.reject(new APICallError({ message: "no", statusCode, url: "http://x", requestBodyValues: {} }));

describe("a limit of model calls", () => {
  it("makes the last of them answer without tools", async () => {
    const model = streamModel(adding("a"), answer);
    const { ports } = runWorld({ model, tools: [add] });
    expect(await runAgent(testAgent({ step_limit: 2 }), ports)).toEqual({
      status: "COMPLETED",
      content: "Three.",
    });
    expect(model.calls.map(({ toolChoice }) => toolChoice?.type)).toEqual([undefined, "none"]);
  });

  it("ends a run whose model goes on calling tools, and says so", async () => {
    const model = streamModel(adding("a"), adding("b"), adding("c"));
    const { ports } = runWorld({ model, tools: [add] });
    expect(await runAgent(testAgent({ step_limit: 2 }), ports)).toMatchObject({
      error: {
        type: "run_step_limit_error",
        sentence: "The run reached its limit of 2 model calls without an answer.",
      },
    });
    expect(model.calls).toHaveLength(2);
  });

  it("counts what earlier drivers have done", async () => {
    const world = runWorld({ model: streamModel(adding("a"), answer), tools: [add] });
    await runAgent(testAgent(), world.ports);
    const second = world.journal.events.filter(({ body }) => body.type === "ModelRequestStarted")[1];
    const events = world.journal.events.filter(({ index }) => index < (second?.index ?? 0));
    const left = { events, internals: world.journal.internals, blobs: world.blobs };
    const again = streamModel(answer);
    await runAgent(testAgent({ step_limit: 2 }), resumedPorts(left, world.ports, { model: again }).ports);
    expect(again.calls.map(({ toolChoice }) => toolChoice?.type)).toEqual(["none"]);
  });
});

it("a limit of time ends a run, keeps what it wrote and leaves no timer", async () => {
  const stream = pushStream();
  const { ports, clock, journal } = runWorld({ model: streamModel(() => stream.stream) });
  const done = runAgent(testAgent({ time_limit_seconds: 30 }), ports);
  stream.push(...text("Half an ").slice(0, 2));
  await until(() => journal.types.includes("RunContent"));
  clock.advance(30_000);
  expect(await done).toMatchObject({
    status: "ERROR",
    content: "Half an ",
    error: { type: "run_time_limit_error", sentence: expect.stringContaining("30 seconds") },
  });
  expect(clock.pending).toBe(0);
});

describe("a run with retries", () => {
  it("goes on after a fault that may pass, without doing again what was done", async () => {
    const broken = [...text("Thr"), { type: "error" as const, error: new Error("gone") }];
    const model = streamModel(adding("a"), broken, answer);
    const { ports, clock, journal } = runWorld({ model, tools: [add] });
    const done = runAgent(testAgent({ retries: 1, delay_between_retries: 5 }), ports);
    await until(() => journal.types.includes("RunRecovered"));
    await until(() => clock.pending === 1);
    clock.advance(5_000);
    expect(await done).toEqual({ status: "COMPLETED", content: "Three." });
    const second = journal.events.filter(({ body }) => body.type === "ModelRequestStarted")[1];
    expect(journal.bodies("RunRecovered")).toMatchObject([
      { discarded_from_index: second?.index, retry_of: expect.stringContaining("gone") },
    ]);
    expect(journal.types.filter((type) => type === "ToolCallStarted")).toHaveLength(1);
    const roles = messagesFromEvents(journal.events).map(({ role }) => role);
    expect(roles).toEqual(["user", "assistant", "tool", "assistant"]);
    expect(JSON.stringify(messagesFromEvents(journal.events))).not.toContain('"Thr"');
  });

  it.each([401, 400])("does not repeat what would fail the same way (%d)", async (status) => {
    const model = streamModel(failing(status));
    const { ports } = runWorld({ model });
    expect(await runAgent(testAgent({ retries: 3 }), ports)).toMatchObject({ status: "ERROR" });
    expect(model.calls).toHaveLength(1);
  });

  it("waits twice as long each time where the agent wants that, and gives up at its number", async () => {
    const model = streamModel(failing(503));
    const { ports, clock } = runWorld({ model, limits: { modelRetries: 0 } });
    const agent = testAgent({ retries: 2, delay_between_retries: 1, exponential_backoff: true });
    const done = runAgent(agent, ports);
    await until(() => model.calls.length === 1 && clock.pending === 1);
    clock.advance(1_000);
    await until(() => model.calls.length === 2 && clock.pending === 1);
    clock.advance(1_999);
    expect(model.calls).toHaveLength(2);
    clock.advance(1);
    expect(await done).toMatchObject({ error: { type: "model_provider_error" } });
    expect(model.calls).toHaveLength(3);
  });
});
