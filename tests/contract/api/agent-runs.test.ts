import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let ann: ApiClient;
let bob: ApiClient;
const USER_SCOPES = ["agents:read", "agents:run", "sessions:read", "sessions:write", "sessions:delete"];

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "5", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  ann = await apiClient(server.url, { sub: "ann", scopes: USER_SCOPES });
  bob = await apiClient(server.url, { sub: "bob", scopes: USER_SCOPES });
}, 180_000);

afterAll(() => server?.stop());

function indexes(frames: readonly ReceivedFrame[]): unknown[] {
  return frames.map((frame) => frame.event_index);
}

function textOf(frames: readonly ReceivedFrame[]): string {
  return frames.map((frame) => (frame.event === "RunContent" ? String(frame["content"]) : "")).join("");
}

describe("POST /agents/{id}/runs", () => {
  it("streams a plain answer in the wire's order, numbered without a gap", async () => {
    const frames = await ann.run("assistant", { message: "hello", session_id: "plain-1" });
    const names = frames.map((frame) => frame.event).filter((name, at, all) => name !== all[at - 1]);
    expect(names.filter((name) => !name.startsWith("Reasoning"))).toEqual([
      "RunStarted",
      "ModelRequestStarted",
      "RunContent",
      "ModelRequestCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    expect(indexes(frames)).toEqual(frames.map((_, index) => index));
    const last = frames.at(-1);
    expect(last?.["content"]).toBe(textOf(frames));
    expect(last?.["metrics"]).toMatchObject({
      total_tokens: expect.any(Number),
      duration: expect.any(Number),
    });
    expect(Object.keys(frames[0] ?? {})).toEqual([
      "created_at",
      "event",
      "agent_id",
      "agent_name",
      "run_id",
      "session_id",
      "nested_depth",
      "model",
      "model_provider",
      "event_index",
    ]);
  });

  it("runs a tool and tells of it with every key of a ToolExecution", async () => {
    const frames = await ann.run("assistant", {
      message: '/tool calculator {"expression":"6*7"}',
      session_id: "tool-1",
    });
    const started = frames.find((frame) => frame.event === "ToolCallStarted");
    const completed = frames.find((frame) => frame.event === "ToolCallCompleted");
    expect(started?.["tool"]).toMatchObject({ tool_name: "calculator", result: null, tool_call_error: null });
    expect(completed?.["tool"]).toMatchObject({ tool_call_error: false, approval_id: null });
    expect(completed?.["tool"]).toMatchObject({ result: "42" });
    expect(completed?.["content"]).toMatch(/^calculator\(expression=6\*7\) completed in \d+\.\d{4}s\. $/);
  });

  it("shows an invalid call to the model as a tool error and goes on", async () => {
    const frames = await ann.run("assistant", { message: "/tool calculator {}", session_id: "tool-2" });
    expect(frames.some((frame) => frame.event === "ToolCallError")).toBe(true);
    expect(frames.at(-1)?.event).toBe("RunCompleted");
  });

  it("answers the finished run with stream=false, the same that GET gives afterwards", async () => {
    const response = await ann.open("/agents/assistant/runs", {
      message: "hello",
      stream: "false",
      session_id: "whole-1",
    });
    const run = (await response.json()) as Record<string, unknown>;
    expect(run).toMatchObject({
      agent_id: "assistant",
      session_id: "whole-1",
      user_id: "ann",
      status: "COMPLETED",
      content_type: "str",
      tools: [],
      input: { input_content: "hello" },
    });
    const again = await ann.json("GET", `/agents/assistant/runs/${String(run["run_id"])}?session_id=whole-1`);
    expect(again.body).toEqual(run);
  });

  it("takes JSON, multipart and urlencoded bodies alike", async () => {
    const form = new FormData();
    form.set("message", "hello");
    form.set("stream", "false");
    const answers = await Promise.all([
      ann.request("/agents/assistant/runs", { method: "POST", body: form }),
      ann.request("/agents/assistant/runs", {
        method: "POST",
        body: JSON.stringify({ message: "hello", stream: false }),
        headers: { "content-type": "application/json" },
      }),
      ann.open("/agents/assistant/runs", { message: "hello", stream: "false" }),
    ]);
    for (const answer of answers) expect(await answer.json()).toMatchObject({ status: "COMPLETED" });
  });

  it("starts once for one Idempotency-Key and refuses the key for another question", async () => {
    const key = { "idempotency-key": "once-1" };
    const first = await ann.run("assistant", { message: "hello", session_id: "once" }, key);
    const second = await ann.run("assistant", { message: "hello", session_id: "once" }, key);
    expect(second.at(-1)).toEqual(first.at(-1));
    expect(textOf(second)).toBe(textOf(first));
    const other = await ann.open("/agents/assistant/runs", { message: "other", session_id: "once" }, key);
    expect(other.status).toBe(422);
    const foreign = await bob.run("assistant", { message: "hello" }, key);
    expect(foreign[0]?.run_id).not.toBe(first[0]?.run_id);
  });

  it("remembers the session's earlier questions", async () => {
    await ann.run("assistant", { message: "My boat is called Halcyon.", session_id: "memory-1" });
    const frames = await ann.run("assistant", { message: "What is my boat called?", session_id: "memory-1" });
    expect(textOf(frames)).toContain("Halcyon");
  });
});

describe("POST /agents/{id}/runs/{run_id}/resume", () => {
  it("gives the rest of a finished run from any cursor, exactly once", async () => {
    const frames = await ann.run("assistant", { message: "/long 60", session_id: "resume-1" });
    const runId = String(frames[0]?.run_id);
    const whole = textOf(frames);
    for (const cursor of [-1, 0, 1, 2, 3, Math.floor(frames.length / 2), frames.length - 2]) {
      const seen = frames.slice(0, cursor + 1);
      const response = await ann.open(`/agents/assistant/runs/${runId}/resume`, {
        session_id: "resume-1",
        ...(cursor < 0 ? {} : { last_event_index: String(cursor) }),
      });
      const [meta, ...rest] = await allFrames(response);
      expect(meta).toMatchObject({ event: "replay", status: "COMPLETED", total_buffered: frames.length });
      expect(textOf(seen) + textOf(rest)).toBe(whole);
      expect(rest.at(-1)).toEqual(frames.at(-1));
    }
  });

  it("catches up with a run under way and follows it to its end", async () => {
    const response = await ann.open("/agents/assistant/runs", {
      message: "/long 80",
      session_id: "resume-2",
    });
    const seen: ReceivedFrame[] = [];
    for await (const frame of readFrames(response)) {
      seen.push(frame);
      if (seen.length === 4) break;
    }
    const cursor = Number(seen.at(-1)?.event_index);
    const resumed = await allFrames(
      await ann.open(`/agents/assistant/runs/${String(seen[0]?.run_id)}/resume`, {
        session_id: "resume-2",
        last_event_index: String(cursor),
      }),
    );
    const events = resumed.filter((frame) => frame.event_index !== undefined);
    expect(resumed.some((frame) => frame.event === "subscribed")).toBe(true);
    expect(textOf(seen) + textOf(events)).toBe(String(events.at(-1)?.["content"]));
    expect(events.at(-1)?.event).toBe("RunCompleted");
  });

  it("answers an unknown run with one error frame", async () => {
    const response = await ann.open("/agents/assistant/runs/nope/resume", { session_id: "s" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(
      'event: error\ndata: {"event": "error", "error": "Run nope not found in buffer or database"}\n\n',
    );
  });
});

describe("POST /agents/{id}/runs/{run_id}/cancel", () => {
  it("stops the run and keeps what it had written", async () => {
    const response = await ann.open("/agents/assistant/runs", {
      message: "/long 2000",
      session_id: "cancel-1",
    });
    const frames: ReceivedFrame[] = [];
    for await (const frame of readFrames(response)) {
      frames.push(frame);
      if (frame.event === "RunContent" && frames.filter((one) => one.event === "RunContent").length === 3) {
        const cancelled = await ann.json(
          "POST",
          `/agents/assistant/runs/${String(frame.run_id)}/cancel?session_id=cancel-1`,
        );
        expect(cancelled).toEqual({ status: 200, body: {} });
      }
    }
    const [cancelled, completed] = frames.slice(-2);
    expect(cancelled).toMatchObject({
      event: "RunCancelled",
      reason: `Run ${String(frames[0]?.run_id)} was cancelled`,
      content: textOf(frames),
    });
    expect(completed).toMatchObject({ event: "RunCompleted", content: textOf(frames) });
    const run = await ann.json(
      "GET",
      `/agents/assistant/runs/${String(frames[0]?.run_id)}?session_id=cancel-1`,
    );
    expect(run.body).toMatchObject({ status: "CANCELLED", content: textOf(frames) });
  });

  it("answers unknown and finished runs with an empty object to an administrator", async () => {
    const admin = await apiClient(server.url, { sub: "root", scopes: ["agent_os:admin"] });
    expect(await admin.json("POST", "/agents/assistant/runs/nope/cancel")).toEqual({ status: 200, body: {} });
  });
});

describe("a stranger", () => {
  it("finds nothing of another subject's runs and sessions", async () => {
    const frames = await ann.run("assistant", { message: "a secret", session_id: "ann-only" });
    const runId = String(frames[0]?.run_id);
    const run = `/agents/assistant/runs/${runId}`;
    expect((await bob.json("GET", `${run}?session_id=ann-only`)).status).toBe(404);
    expect((await bob.json("GET", "/agents/assistant/runs?session_id=ann-only")).status).toBe(404);
    expect((await bob.json("POST", `${run}/cancel?session_id=ann-only`)).status).toBe(404);
    expect((await bob.json("POST", `${run}/cancel`)).status).toBe(400);
    const resumed = await bob.open(`${run}/resume`, { session_id: "ann-only" });
    expect(await resumed.text()).toContain("not found");
    const joined = await bob.open("/agents/assistant/runs", { message: "hello", session_id: "ann-only" });
    expect(joined.status).toBe(404);
    expect((await bob.json("GET", "/sessions/ann-only")).status).toBe(404);
    expect((await bob.json("PATCH", "/sessions/ann-only", { session_name: "mine" })).status).toBe(404);
    expect(await bob.json("GET", "/sessions")).toMatchObject({
      body: { data: expect.not.arrayContaining([expect.objectContaining({ session_id: "ann-only" })]) },
    });
  });

  it("cannot run an agent without the scope for it", async () => {
    const reader = await apiClient(server.url, { sub: "reader", scopes: ["agents:read"] });
    const response = await reader.open("/agents/assistant/runs", { message: "hello" });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      detail: "Insufficient permissions. Required scope(s): agents:run",
    });
    expect((await reader.json("GET", "/agents/assistant/runs?session_id=any")).status).toBe(403);
  });
});
