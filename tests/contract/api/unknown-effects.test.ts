import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requirementStateSchema } from "#lib/core/requirement-state.ts";
import { runOutputSchema } from "#lib/core/run-wire.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { type HookServer, startHookServer } from "#tests/support/hook-server.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let other: HookServer;
let server: TestServer;
let ann: ApiClient;
let bob: ApiClient;

beforeAll(async () => {
  other = await startHookServer();
  server = await startTestServer({
    env: {
      SCRIPTED_WORD_DELAY_MS: "0",
      LOG_LEVEL: "error",
      JWT_VERIFICATION_KEY: TEST_JWT_KEY,
      GATEHOUSE_PRIVATE_ORIGINS: other.origin,
    },
  });
  const admin = await apiClient(server.url, { scopes: ["agent_os:admin"] });
  const made = await admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "sending",
    name: "Sending",
    stage: "published",
    config: { model: { provider: "scripted", id: "demo-1" }, tools: ["send_request"] },
  });
  expect(made.status).toBe(201);
  const scopes = ["agents:read", "agents:run", "sessions:read"];
  ann = await apiClient(server.url, { sub: "ann", scopes });
  bob = await apiClient(server.url, { sub: "bob", scopes });
}, 180_000);

afterAll(async () => {
  await server?.stop();
  other?.close();
});

/** A run whose request was taken by the other system, which then hung up. */
async function lost(session_id: string) {
  other.manner = "hang up";
  const before = other.taken.length;
  const message = `/tool send_request {"url":"${other.origin}/hook","json":{"order":"48213"}}`;
  const frames = await ann.run("sending", { message, session_id });
  other.manner = "answer";
  const paused = frames.at(-1);
  expect(paused?.event).toBe("RunPaused");
  const path = `/agents/sending/runs/${String(frames[0]?.run_id)}`;
  const [held] = (paused?.["tools"] ?? []) as ToolExecution[];
  const taken = () => other.taken.length - before;
  const answer = (fields: Partial<ToolExecution>) =>
    ann.open(`${path}/continue`, { session_id, tools: JSON.stringify([{ ...held, ...fields }]) });
  const read = async () =>
    runOutputSchema.strict().parse((await ann.json("GET", `${path}?session_id=${session_id}`)).body);
  return { frames, paused, path, runId: String(frames[0]?.run_id), session_id, held, taken, answer, read };
}

describe("a call of which nobody knows whether it took effect", () => {
  it("is never made again by itself: it is put to a person, in the wire's shapes", async () => {
    const { paused, runId, taken, read } = await lost("unknown-asked");
    expect(taken()).toBe(1);
    const [requirement] = (paused?.["requirements"] ?? []) as Record<string, unknown>[];
    expect(requirement).toMatchObject({ tool_execution: { tool_name: "send_request", result: null } });
    expect(await read()).toMatchObject({ status: "PAUSED", requirements: [{ id: requirement?.["id"] }] });
    const listed = await ann.json("GET", `/runs/${runId}/requirements`);
    const [state] = (listed.body as unknown[]).map((one) => requirementStateSchema.parse(one));
    expect(state).toMatchObject({ kind: "effect_unknown", status: "open" });
    expect((await bob.json("GET", `/runs/${runId}/requirements`)).status).toBe(404);
  });

  it("it happened: the result that the person gives is the call's, and nothing is sent", async () => {
    const { answer, taken, read } = await lost("unknown-happened");
    const frames = await allFrames(await answer({ result: "It is in their log." }));
    expect(frames[0]?.event).toBe("RunContinued");
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    expect(taken()).toBe(1);
    expect(await read()).toMatchObject({
      status: "COMPLETED",
      tools: [{ result: "It is in their log.", tool_call_error: false }],
    });
  });

  it("it did not happen: the call is made, once, under the same Idempotency-Key", async () => {
    const { answer, taken, read } = await lost("unknown-not");
    const frames = await allFrames(await answer({ confirmed: true }));
    expect(frames.map(({ event }) => event)).toContain("ToolCallStarted");
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    expect(taken()).toBe(2);
    expect(new Set(other.taken.slice(-2)).size).toBe(1);
    expect(await read()).toMatchObject({ status: "COMPLETED", tools: [{ tool_call_error: false }] });
  });

  it("give up: nothing is sent, and the model is told that nobody knows", async () => {
    const { answer, taken, read } = await lost("unknown-given-up");
    const frames = await allFrames(await answer({ confirmed: false }));
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    expect(taken()).toBe(1);
    const run = await read();
    expect(run).toMatchObject({ status: "COMPLETED", tools: [{ confirmed: false, tool_call_error: true }] });
    const told = run.messages.find(({ role }) => role === "tool");
    expect(told?.content).toContain("It is not known whether this took effect");
  });

  it("is decided once, by nobody else, and not by silence", async () => {
    const { answer, path, session_id, held, taken } = await lost("unknown-once");
    const post = (client: ApiClient, tools: unknown[]) =>
      client.json("POST", `${path}/continue`, { session_id, tools, stream: false });
    expect((await post(bob, [{ ...held, confirmed: true }])).status).toBe(404);
    expect((await post(ann, [held])).status).toBe(400);
    expect(taken()).toBe(1);
    await allFrames(await answer({ confirmed: false }));
    expect((await post(ann, [{ ...held, confirmed: true }])).status).toBe(409);
    expect(taken()).toBe(1);
  });

  it("ends with its run: a cancel makes no call, and the question is closed", async () => {
    const { path, session_id, held, taken, read } = await lost("unknown-cancelled");
    expect((await ann.json("POST", `${path}/cancel?session_id=${session_id}`)).status).toBe(200);
    expect(await read()).toMatchObject({ status: "CANCELLED" });
    const late = { session_id, tools: [{ ...held, confirmed: true }], stream: false };
    expect((await ann.json("POST", `${path}/continue`, late)).status).toBe(409);
    expect(taken()).toBe(1);
  });
});
