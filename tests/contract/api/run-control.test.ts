import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkpointListSchema, checkpointSnapshotSchema } from "#lib/core/checkpoint.ts";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { type RunOutput, runDetailSchema, runOutputSchema } from "#lib/core/run-wire.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

/** The frames that end a stream of the reference server whose run was cancelled. */
const RECORDED_CANCEL = JSON.parse(
  readFileSync(new URL("../../fixtures/wire/agent-cancel.json", import.meta.url), "utf8"),
) as Record<string, unknown>[];

const SUM = '/tool calculator {"expression":"6*7"}';

let server: TestServer;
let ann: ApiClient;
let bob: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "5", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  const admin = await apiClient(server.url, { scopes: ["agent_os:admin"] });
  const made = await admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "confirming",
    name: "Confirming",
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      tools: ["take_note"],
      tool_settings: { take_note: { requires_confirmation: true } },
    },
  });
  expect(made.status).toBe(201);
  const scopes = ["agents:read", "agents:run", "sessions:read"];
  ann = await apiClient(server.url, { sub: "ann", scopes });
  bob = await apiClient(server.url, { sub: "bob", scopes });
}, 180_000);

afterAll(() => server?.stop());

/** Asks the assistant; returns the run's frames and address. */
async function ask(message: string, session_id: string, agent = "assistant") {
  const frames = await ann.run(agent, { message, session_id });
  const runId = String(frames[0]?.run_id);
  return { frames, runId, session_id, path: `/agents/${agent}/runs/${runId}` };
}

async function read(path: string, session_id: string): Promise<RunOutput> {
  const { status, body } = await ann.json("GET", `${path}?session_id=${session_id}`);
  expect(status).toBe(200);
  return runOutputSchema.strict().parse(body);
}

function names(frames: readonly ReceivedFrame[]): string[] {
  return frames.map(({ event }) => event).filter((name, at, all) => name !== all[at - 1]);
}

describe("POST …/continue", () => {
  it("regenerates as a stream: a new run whose frames carry its id and rising indexes", async () => {
    const { path, runId, session_id } = await ask(SUM, "regenerate-1");
    const response = await ann.open(`${path}/continue`, { session_id, regenerate: "true" });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const frames = await allFrames(response);
    expect(names(frames)[0]).toBe("RunContinued");
    expect(names(frames).at(-1)).toBe("RunCompleted");
    expect(new Set(frames.map(({ run_id }) => run_id)).size).toBe(1);
    const fresh = String(frames[0]?.run_id);
    expect(fresh).not.toBe(runId);
    const indexes = frames.map(({ event_index: index }) => Number(index));
    expect(indexes).toEqual(indexes.toSorted((left, right) => left - right));
    const run = await read(`/agents/assistant/runs/${fresh}`, session_id);
    expect(run).toMatchObject({ status: "COMPLETED", regenerated_from: runId, forked_from_run_id: runId });
    expect(await read(path, session_id)).toMatchObject({ status: "REGENERATED" });
    const listed = await ann.json("GET", `/agents/assistant/runs?session_id=${session_id}`);
    const runs = (listed.body as unknown[]).map((one) => runDetailSchema.strict().parse(one));
    expect(runs.map(({ run_id, status }) => [run_id, status])).toEqual([
      [runId, "REGENERATED"],
      [fresh, "COMPLETED"],
    ]);
    expect(runs[1]).toMatchObject({ regenerated_from: runId });
    // From the beginning it is all there, the tool call that it shares with the first answer included.
    const resumed = await allFrames(await ann.open(`/agents/assistant/runs/${fresh}/resume`, { session_id }));
    expect(names(resumed)).toContain("ToolCallCompleted");
    expect(resumed.at(-1)).toEqual(frames.at(-1));
  });

  it("forks with stream=false, from a JSON body and from a form alike", async () => {
    const { path, runId, session_id } = await ask("My boat is called Halcyon.", "fork-1");
    const input = "What is my boat called?";
    const plain = await ann.json("POST", `${path}/continue`, {
      session_id,
      fork: true,
      input,
      stream: false,
    });
    expect(plain.status).toBe(200);
    const run = runOutputSchema.strict().parse(plain.body);
    expect(run.content).toContain("Halcyon");
    expect(run.forked_from_run_id).toBe(runId);
    const form = new FormData();
    for (const [name, value] of Object.entries({ session_id, input, stream: "false" })) form.set(name, value);
    const response = await ann.request(`${path}/continue`, { method: "POST", body: form });
    expect(await response.json()).toMatchObject({ status: "COMPLETED", forked_from_run_id: runId });
    expect(await read(path, session_id)).toMatchObject({ status: "COMPLETED" });
  });

  it("goes on in the background", async () => {
    const { path, session_id } = await ask("hello", "background-1");
    const frames = await allFrames(
      await ann.open(`${path}/continue`, { session_id, regenerate: "true", background: "true" }),
    );
    expect(names(frames).at(-1)).toBe("RunCompleted");
    expect(names(frames)).not.toContain("RunRecovered");
  });

  it("asks a question in other words in the place of the old one", async () => {
    const { path, session_id } = await ask("hello", "edit-1");
    const frames = await allFrames(
      await ann.open(`${path}/continue`, {
        session_id,
        continue_from: "0",
        input: "good day",
        replace_original: "true",
      }),
    );
    expect(frames[0]).toMatchObject({ event: "RunStarted", event_index: 0 });
    const detail = await ann.json("GET", `/sessions/${session_id}`);
    const { chat_history: chat } = detail.body as { chat_history: { role: string; content: string }[] };
    expect(chat.filter(({ role }) => role === "user").map(({ content }) => content)).toEqual(["good day"]);
  });

  it("goes on with a failed run under its id", async () => {
    const { path, runId, session_id } = await ask("/error no", "failed-1");
    const frames = await allFrames(await ann.open(`${path}/continue`, { session_id, input: "hello" }));
    expect(names(frames).slice(0, 2)).toEqual(["RunRecovered", "RunContinued"]);
    expect(frames.at(-1)).toMatchObject({ event: "RunCompleted", run_id: runId });
    const whole = await allFrames(await ann.open(`${path}/resume`, { session_id }));
    expect(whole.at(-1)).toEqual(frames.at(-1));
  });

  it("says what it cannot do, with a status that a client can go by", async () => {
    const { path, session_id } = await ask("hello", "refused-1");
    const refused = async (fields: Record<string, unknown>, client = ann, where = path) => {
      const { status, body } = await client.json("POST", `${where}/continue`, { session_id, ...fields });
      expect(typeof (body as { detail: unknown }).detail === "string" || status === 422).toBe(true);
      return status;
    };
    expect(await refused({ session_id: "" })).toBe(400);
    expect(await refused({ continue_from: "start" })).toBe(400);
    expect(await refused({ continue_from: 99 })).toBe(400);
    expect(await refused({ regenerate: true, input: "x" })).toBe(400);
    expect(await refused({ fork: "maybe" })).toBe(422);
    expect(await refused({ regenerate: true, replace_original: [] })).toBe(422);
    expect(await refused({ regenerate: true }, bob)).toBe(404);
    expect(await refused({ regenerate: true }, ann, "/agents/assistant/runs/nope")).toBe(404);
    expect(await refused({ regenerate: true, session_id: "another" })).toBe(404);
    const reader = await apiClient(server.url, { sub: "ann", scopes: ["agents:read"] });
    expect(await refused({ regenerate: true }, reader)).toBe(403);
    expect(
      (await ann.json("POST", `${path}/continue`, { session_id, regenerate: true, stream: false })).status,
    ).toBe(200);
    expect(await refused({ regenerate: true })).toBe(409);
  });
});

describe("GET …/checkpoints", () => {
  it("lists the places of a run, and shows the run at each", async () => {
    const { path, runId, session_id } = await ask(SUM, "checkpoints-1");
    const listed = await ann.json("GET", `${path}/checkpoints?session_id=${session_id}`);
    expect(listed.status).toBe(200);
    const { checkpoints, run_id } = checkpointListSchema.strict().parse(listed.body);
    expect(run_id).toBe(runId);
    expect(checkpoints.map(({ message_role, reason }) => [message_role, reason])).toEqual([
      ["user", "checkpoint"],
      ["tool", "checkpoint"],
      ["assistant", "end"],
    ]);
    for (const { message_index: index, continue_from: from } of checkpoints) {
      const at = await ann.json("GET", `${path}/checkpoints/${index}?session_id=${session_id}`);
      const { checkpoint, snapshot } = checkpointSnapshotSchema.strict().parse(at.body);
      expect(checkpoint).toMatchObject({ message_index: index, reason: "snapshot" });
      expect(snapshot.messages).toHaveLength(index);
      const fork = await ann.json("POST", `${path}/continue`, {
        session_id,
        continue_from: from,
        input: "hello",
        stream: false,
      });
      expect(fork.body).toMatchObject({ status: "COMPLETED", forked_from_message_index: index });
    }
  });

  it("refuses what is not there", async () => {
    const { path, session_id } = await ask("hello", "checkpoints-2");
    const status = async (client: ApiClient, where: string) => (await client.json("GET", where)).status;
    const query = `?session_id=${session_id}`;
    const over = await ann.json("GET", `${path}/checkpoints/99${query}`);
    expect(over).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/^message_index must be between 0 and \d+$/) },
    });
    expect(await status(ann, `${path}/checkpoints/-1${query}`)).toBe(400);
    expect(await status(ann, `${path}/checkpoints/two${query}`)).toBe(422);
    expect(await status(ann, `${path}/checkpoints`)).toBe(422);
    for (const rest of ["/checkpoints", "/checkpoints/1"]) {
      expect(await status(bob, `${path}${rest}${query}`)).toBe(404);
      expect(await status(ann, `/agents/assistant/runs/nope${rest}${query}`)).toBe(404);
      expect(await status(ann, `${path}${rest}?session_id=another`)).toBe(404);
    }
  });
});

describe("POST /agents/{id}/sessions/{id}/fork", () => {
  it("copies the conversation into a session of its own", async () => {
    await ask("My boat is called Halcyon.", "whole-session");
    const forked = await ann.json("POST", "/agents/assistant/sessions/whole-session/fork");
    expect(forked).toEqual({
      status: 200,
      body: { session_id: expect.any(String), forked_from_session_id: "whole-session" },
    });
    const { session_id } = forked.body as { session_id: string };
    const runs = (await ann.json("GET", `/sessions/${session_id}/runs`)).body as unknown[];
    expect(runs).toMatchObject([{ forked_from_session_id: "whole-session", status: "COMPLETED" }]);
    const { frames } = await ask("What is my boat called?", session_id);
    expect(String(frames.at(-1)?.["content"])).toContain("Halcyon");
    const old = (await ann.json("GET", "/sessions/whole-session/runs")).body as unknown[];
    expect(old).toHaveLength(1);
  });

  it("refuses what is not the caller's, not there, or empty", async () => {
    await ask('/tool take_note {"text":"x"}', "only-waiting", "confirming");
    expect(await ann.json("POST", "/agents/confirming/sessions/only-waiting/fork")).toEqual({
      status: 400,
      body: { detail: "Source session has no runs to fork." },
    });
    const missing = async (client: ApiClient, where: string) =>
      expect((await client.json("POST", `${where}/fork`)).status).toBe(404);
    await missing(bob, "/agents/confirming/sessions/only-waiting");
    await missing(ann, "/agents/assistant/sessions/only-waiting");
    await missing(ann, "/agents/assistant/sessions/nope");
    const reader = await apiClient(server.url, { sub: "ann", scopes: ["agents:read"] });
    expect((await reader.json("POST", "/agents/confirming/sessions/only-waiting/fork")).status).toBe(403);
  });
});

describe("POST …/cancel", () => {
  const cancel = async (path: string, session_id: string) =>
    expect(await ann.json("POST", `${path}/cancel?session_id=${session_id}`)).toEqual({
      status: 200,
      body: {},
    });

  it("in mid-stream: once or often, and when it is over; the end is the reference server's", async () => {
    const response = await ann.open("/agents/assistant/runs", {
      message: "/long 2000",
      session_id: "stop-1",
    });
    const frames: ReceivedFrame[] = [];
    let path = "";
    for await (const frame of readFrames(response)) {
      frames.push(frame);
      if (frame.event !== "RunContent" || path !== "") continue;
      path = `/agents/assistant/runs/${String(frame.run_id)}`;
      await Promise.all([cancel(path, "stop-1"), cancel(path, "stop-1")]);
    }
    await cancel(path, "stop-1");
    // Their model thinks nothing; the index is ours.
    const keys = (frame: object = {}) =>
      Object.keys(frame)
        .filter((key) => key !== "event_index" && key !== "reasoning_content")
        .toSorted();
    for (const [at, recorded] of RECORDED_CANCEL.entries()) {
      const mine = frames.at(at - RECORDED_CANCEL.length);
      expect(mine?.event).toBe(recorded["event"]);
      expect(keys(mine)).toEqual(keys(recorded));
    }
    expect(frames.filter(({ event }) => event === "RunCancelled")).toHaveLength(1);
    const run = await read(path, "stop-1");
    expect(run.status).toBe("CANCELLED");
    expect(
      (await ann.json("POST", `${path}/continue`, { session_id: "stop-1", regenerate: true })).status,
    ).toBe(409);
    // What it had said is part of the conversation.
    const next = await ask("hello", "stop-1");
    const told = (await read(next.path, "stop-1")).messages.filter(({ from_history: old }) => old);
    expect(told.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(told[1]?.content).toBe(run.content);
  });

  it("of what is not there is no error in a session of one's own; another session is not found", async () => {
    const { path, session_id } = await ask("hello", "stop-3");
    await cancel("/agents/assistant/runs/nope", session_id);
    await cancel(path.replace("assistant", "confirming"), session_id);
    const elsewhere = await ann.json("POST", "/agents/assistant/runs/nope/cancel?session_id=not-hers");
    expect(elsewhere).toEqual({ status: 404, body: { detail: "Session with id 'not-hers' not found" } });
    expect((await ann.json("POST", `${path}/cancel`)).status).toBe(400);
    expect((await bob.json("POST", `${path}/cancel?session_id=${session_id}`)).status).toBe(404);
    expect(await read(path, session_id)).toMatchObject({ status: "COMPLETED" });
  });

  it("while it waits for people: what it waits for is closed with it", async () => {
    const { frames, path, session_id } = await ask('/tool take_note {"text":"x"}', "stop-2", "confirming");
    const watched = ann.open(`${path}/resume`, {
      session_id,
      last_event_index: String(frames.at(-1)?.event_index),
      follow_pauses: "true",
    });
    const stream = await watched;
    await cancel(path, session_id);
    await cancel(path, session_id);
    expect(names(await allFrames(stream)).slice(-2)).toEqual(["RunCancelled", "RunCompleted"]);
    const [held] = (frames.at(-1)?.["tools"] ?? []) as object[];
    const answer = { session_id, tools: [{ ...held, confirmed: true }], stream: false };
    expect(await ann.json("POST", `${path}/continue`, answer)).toEqual({
      status: 409,
      body: { detail: "run is already cancelled" },
    });
    expect(await read(path, session_id)).toMatchObject({ status: "CANCELLED" });
  });
});
