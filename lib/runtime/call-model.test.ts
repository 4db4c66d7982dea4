import { APICallError, LoadAPIKeyError } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import {
  call,
  finish,
  pushStream,
  type StreamAnswer,
  streamModel,
  text,
} from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

function apiError(statusCode: number | undefined, responseHeaders: Record<string, string> = {}) {
  const message =
    statusCode === undefined ? "Cannot connect to API: ECONNREFUSED" : "Something about the key";
  const request = { url: "http://x/v1", requestBodyValues: {}, responseHeaders };
  return new APICallError({
    message,
    statusCode,
    isRetryable: statusCode === undefined || undefined,
    ...request,
  });
}

const failing =
  (error: unknown): StreamAnswer =>
  () =>
    Promise.reject(error);

const answer = [...text("Hello"), finish()];

describe("a model call that fails before its first output", () => {
  it.each([
    [401, "model_authentication_error", /refused the key \(401.*Models page/],
    [403, "model_authentication_error", /refused the key \(403/],
    [404, "model_not_found_error", /has no model test-1/],
    [400, "model_request_error", /refused the request to test-1 \(400/],
    [200, "model_provider_error", /answer of Test could not be read: Something about the key/],
  ])("with status %d is not repeated and says what to do", async (status, type, sentence) => {
    const model = streamModel(failing(apiError(status)));
    const { ports } = runWorld({ model });
    const outcome = await runAgent(testAgent(), ports);
    expect(outcome).toMatchObject({ error: { type, sentence: expect.stringMatching(sentence) } });
    expect(model.calls).toHaveLength(1);
  });

  it("for want of a key names the page where it goes", async () => {
    const model = streamModel(failing(new LoadAPIKeyError({ message: "missing" })));
    const { ports } = runWorld({ model });
    expect(await runAgent(testAgent(), ports)).toMatchObject({
      error: { type: "model_authentication_error", sentence: expect.stringContaining("Models page") },
    });
  });

  it("for a reason that may pass is tried twice more, with growing pauses", async () => {
    const model = streamModel(failing(apiError(503)), failing(apiError(undefined)), answer);
    const { ports, clock, journal } = runWorld({ model });
    const done = runAgent(testAgent(), ports);
    await until(() => model.calls.length === 1 && clock.pending === 1);
    clock.advance(499);
    await until(() => clock.pending === 1);
    expect(model.calls).toHaveLength(1);
    clock.advance(1);
    await until(() => model.calls.length === 2 && clock.pending === 1);
    clock.advance(1_000);
    expect(await done).toMatchObject({ status: "COMPLETED", content: "Hello" });
    expect(journal.bodies("ModelRequestStarted")).toHaveLength(1);
  });

  it("gives up after the second retry", async () => {
    const model = streamModel(failing(apiError(500)));
    const { ports, clock } = runWorld({ model });
    const done = runAgent(testAgent(), ports);
    for (const calls of [1, 2]) {
      await until(() => model.calls.length === calls && clock.pending === 1);
      clock.advance(1_000);
    }
    expect(await done).toMatchObject({ status: "ERROR", error: { type: "model_provider_error" } });
    expect(model.calls).toHaveLength(3);
  });

  it("waits as long as the provider asks", async () => {
    const model = streamModel(failing(apiError(429, { "retry-after": "7" })), answer);
    const { ports, clock } = runWorld({ model });
    const done = runAgent(testAgent(), ports);
    await until(() => model.calls.length === 1 && clock.pending === 1);
    clock.advance(6_999);
    await until(() => clock.pending === 1);
    expect(model.calls).toHaveLength(1);
    clock.advance(1);
    expect(await done).toMatchObject({ status: "COMPLETED" });
  });

  it("says when to come back if that is too long to wait", async () => {
    const headers = { "retry-after": new Date(Date.UTC(2026, 0, 1, 0, 5)).toUTCString() };
    const model = streamModel(failing(apiError(429, headers)));
    const { ports } = runWorld({ model });
    expect(await runAgent(testAgent(), ports)).toMatchObject({
      error: { type: "model_rate_limit_error", sentence: expect.stringContaining("in 300 seconds") },
    });
  });

  it("can be cancelled while it waits to be repeated", async () => {
    const model = streamModel(failing(apiError(500)));
    const { ports, clock, cancel } = runWorld({ model });
    const done = runAgent(testAgent(), ports);
    await until(() => model.calls.length === 1 && clock.pending === 1);
    cancel.abort();
    expect(await done).toMatchObject({ status: "CANCELLED" });
    expect(clock.pending).toBe(0);
  });
});

describe("a model call that has begun to answer", () => {
  it("is never repeated", async () => {
    const first = [...text("Half"), { type: "error" as const, error: apiError(500) }];
    const model = streamModel(first, answer);
    const { ports } = runWorld({ model });
    expect(await runAgent(testAgent(), ports)).toMatchObject({ status: "ERROR", content: "Half" });
    expect(model.calls).toHaveLength(1);
  });

  it("fails when its stream ends without a word", async () => {
    const model = streamModel(text("Half"));
    const { ports } = runWorld({ model });
    expect(await runAgent(testAgent(), ports)).toMatchObject({
      content: "Half",
      error: { type: "model_connection_error", sentence: expect.stringContaining("broke off") },
    });
  });
});

describe("the times of a model call", () => {
  it("give up one that does not begin, though it heeds no signal", async () => {
    const model = streamModel(() => new Promise(() => undefined));
    const { ports, clock } = runWorld({ model });
    const done = runAgent(testAgent(), ports);
    await until(() => model.calls.length === 1 && clock.pending === 1);
    clock.advance(120_000);
    expect(await done).toMatchObject({
      error: {
        type: "model_timeout_error",
        sentence: expect.stringContaining("begin to answer within 120 seconds"),
      },
    });
    expect(model.calls[0]?.abortSignal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("give up one that stalls, and keep what it wrote", async () => {
    const source = pushStream();
    const { ports, clock, journal } = runWorld({ model: streamModel(() => source.stream) });
    const done = runAgent(testAgent(), ports);
    source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "Half" });
    await until(() => journal.text === "Half");
    clock.advance(110_000);
    source.push({ type: "ping" });
    await until(() => clock.pending > 0);
    clock.advance(30_000);
    source.push({ type: "text-delta", id: "t", delta: " way" });
    await until(() => clock.pending > 1);
    clock.advance(80_000);
    expect(await done).toMatchObject({
      content: "Half way",
      error: { type: "model_timeout_error", sentence: expect.stringContaining("stopped in the middle") },
    });
  });

  it("end one that goes on for ever", async () => {
    const source = pushStream();
    const { ports, clock, journal } = runWorld({ model: streamModel(() => source.stream) });
    const done = runAgent(testAgent(), ports);
    source.push({ type: "text-start", id: "t" });
    for (let minute = 0; minute < 10; minute++) {
      const before = journal.text.length;
      source.push({ type: "text-delta", id: "t", delta: "more " });
      await until(() => clock.pending > 0);
      clock.advance(40);
      await until(() => journal.text.length > before);
      clock.advance(60_000);
    }
    expect(await done).toMatchObject({ error: { sentence: expect.stringContaining("within 600 seconds") } });
  });
});

describe("hostile output", () => {
  it("is stored as text: NUL, halves of pairs, and endless answers end", async () => {
    const model = streamModel([
      ...text("a\0", "b\ud83d", "\udc4b\udc4b", "</script>'; DROP TABLE"),
      finish(),
    ]);
    const { ports, journal } = runWorld({ model });
    await runAgent(testAgent(), ports);
    expect(journal.text).toBe("a\uFFFDb👋\uFFFD</script>'; DROP TABLE");
    expect(journal.bodies("RunCompleted")[0]?.content).toBe(journal.text);

    const endless = streamModel([...text(...Array<string>(50).fill("x")), finish()]);
    const limited = runWorld({ model: endless, limits: { modelOutputChars: 20 } });
    expect(await runAgent(testAgent(), limited.ports)).toMatchObject({
      content: "x".repeat(20),
      error: { type: "model_output_limit_error" },
    });
  });

  it("in usage figures does not reach the database", async () => {
    const end = finish() as Extract<ReturnType<typeof finish>, { type: "finish" }>;
    end.usage.inputTokens.total = Number.NaN;
    end.usage.outputTokens.total = -5;
    end.usage.inputTokens.noCache = 1e300;
    const { ports, journal } = runWorld({ model: streamModel([...text("a"), end]) });
    await runAgent(testAgent(), ports);
    expect(journal.bodies("ModelRequestCompleted")[0]).toMatchObject({
      input_tokens: 100_000_000,
      output_tokens: 5,
    });
  });

  it("in names and ids of calls is cut and cleaned", async () => {
    const model = streamModel([call("\0id", "x\0".repeat(10_000), {}), finish("tool-calls")], answer);
    const { ports, journal } = runWorld({ model });
    await runAgent(testAgent(), ports);
    const tool = journal.bodies("ToolCallCompleted")[0]?.tool;
    expect(tool?.tool_call_id).toBe("\uFFFDid");
    expect(tool?.tool_name).toHaveLength(256);
  });
});
