import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { eventually } from "#tests/support/eventually.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const ENV = { SCRIPTED_WORD_DELAY_MS: "5", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY };
const USER_SCOPES = ["agents:read", "agents:run", "sessions:read"];
/** More than one subject may have driven at a time. */
const MANY = 10;

let server: TestServer;
let ann: ApiClient;
let bob: ApiClient;

beforeAll(async () => {
  server = await startTestServer({ env: ENV });
  ann = await apiClient(server.url, { sub: "ann", scopes: USER_SCOPES });
  bob = await apiClient(server.url, { sub: "bob", scopes: USER_SCOPES });
}, 180_000);
afterAll(() => server?.stop());

interface Accepted {
  run_id: string;
  session_id: string;
  status: string;
}

async function accept(
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  caller = ann,
): Promise<Accepted> {
  const response = await caller.open(
    "/agents/assistant/runs",
    { background: "true", stream: "false", ...fields },
    headers,
  );
  expect(response.status).toBe(202);
  return (await response.json()) as Accepted;
}

function get({ run_id, session_id }: Accepted, caller = ann) {
  return caller.json("GET", `/agents/assistant/runs/${run_id}?session_id=${session_id}`);
}

/** Polls as a client does, until the run has ended. */
async function ended(run: Accepted): Promise<Record<string, unknown>> {
  return eventually(
    async () => {
      const body = (await get(run)).body as Record<string, unknown>;
      return body["status"] === "PENDING" || body["status"] === "RUNNING" ? null : body;
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
}

function resume({ run_id, session_id }: Accepted, cursor: number, caller = ann): Promise<Response> {
  return caller.open(`/agents/assistant/runs/${run_id}/resume`, {
    session_id,
    ...(cursor < 0 ? {} : { last_event_index: String(cursor) }),
  });
}

function textOf(frames: readonly ReceivedFrame[]): string {
  return frames.map((frame) => (frame.event === "RunContent" ? String(frame["content"]) : "")).join("");
}

describe("POST /agents/{id}/runs with background=true", () => {
  it("and stream=false is accepted with 202 and polled to its end", async () => {
    const run = await accept({ message: "hello", session_id: "poll-1" });
    expect(run).toEqual({ run_id: expect.any(String), session_id: "poll-1", status: "PENDING" });
    const first = (await get(run)).body as Record<string, unknown>;
    expect(first).toMatchObject({ run_id: run.run_id, agent_id: "assistant", user_id: "ann" });
    expect(await ended(run)).toMatchObject({
      status: "COMPLETED",
      content: expect.stringContaining("scripted demo model"),
      input: { input_content: "hello" },
    });
  });

  it("and stream=true streams as any run does, and goes on when nobody watches any more", async () => {
    const whole = await ann.run("assistant", { message: "hello", background: "true", session_id: "s-1" });
    const names = whole.map((frame) => frame.event).filter((name, at, all) => name !== all[at - 1]);
    expect(names.filter((name) => !name.startsWith("Reasoning"))).toEqual([
      "RunStarted",
      "ModelRequestStarted",
      "RunContent",
      "ModelRequestCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    expect(whole.map((frame) => frame.event_index)).toEqual(whole.map((_, index) => index));

    const response = await ann.open("/agents/assistant/runs", {
      message: "/long 200",
      background: "true",
      session_id: "s-2",
    });
    const seen: ReceivedFrame[] = [];
    for await (const frame of readFrames(response)) {
      seen.push(frame);
      if (seen.length === 4) break;
    }
    const run = { run_id: String(seen[0]?.run_id), session_id: "s-2", status: "" };
    const rest = await allFrames(await resume(run, Number(seen.at(-1)?.event_index)));
    expect(rest.some((frame) => frame.event === "subscribed")).toBe(true);
    expect(rest.at(-1)).toMatchObject({ event: "RunCompleted" });
    expect(textOf([...seen, ...rest])).toBe(rest.at(-1)?.["content"]);
    expect(await ended(run)).toMatchObject({ status: "COMPLETED" });
  });

  it("reads the files that came with the question, whoever drives", async () => {
    const form = new FormData();
    form.set("message", "What does the file say?");
    form.set("background", "true");
    form.set("stream", "false");
    form.append("files", new Blob(["The mast is of spruce."], { type: "text/plain" }), "mast.txt");
    const response = await ann.request("/agents/assistant/runs", { method: "POST", body: form });
    expect(response.status).toBe(202);
    const run = await ended((await response.json()) as Accepted);
    expect(run).toMatchObject({ status: "COMPLETED", input: { files: [{ filename: "mast.txt" }] } });
    expect(JSON.stringify(run["messages"])).toContain("mast.txt");
  });

  it("starts once for one Idempotency-Key, and says where the first one's run stands", async () => {
    const key = { "idempotency-key": "background-once" };
    const first = await accept({ message: "hello", session_id: "once" }, key);
    await ended(first);
    const again = await accept({ message: "hello", session_id: "once" }, key);
    expect(again).toEqual({ ...first, status: "COMPLETED" });
    const other = await ann.open(
      "/agents/assistant/runs",
      { message: "other", session_id: "once", background: "true" },
      key,
    );
    expect(other.status).toBe(422);
  });

  it("refuses what a run in the request is refused for, before anything is written", async () => {
    const unknown = await ann.open("/agents/nobody/runs", { message: "hello", background: "true" });
    expect([403, 404]).toContain(unknown.status);
    await accept({ message: "hello", session_id: "anns" });
    const joined = await bob.open("/agents/assistant/runs", {
      message: "hello",
      session_id: "anns",
      background: "true",
    });
    expect(joined.status).toBe(404);
  });
});

describe("a run that waits for its turn", () => {
  it("is there to be asked for, watched and cancelled, and makes no model call then", async () => {
    const runs = await Promise.all(
      Array.from({ length: MANY }, (_, n) => accept({ message: "/long 600", session_id: `wait-${n}` })),
    );
    const waiting = await eventually(
      async () => {
        const bodies = await Promise.all(runs.map(async (run) => (await get(run)).body as Accepted));
        const running = bodies.filter(({ status }) => status === "RUNNING").length;
        return running === 8 ? runs[bodies.findIndex(({ status }) => status === "PENDING")] : null;
      },
      { timeoutMs: 20_000 },
    );
    if (waiting === undefined) throw new Error("No run waits.");
    const watching = resume(waiting, -1).then(allFrames);
    await eventually(async () => ((await get(waiting)).status === 200 ? true : null));
    const path = `/agents/assistant/runs/${waiting.run_id}/cancel?session_id=${waiting.session_id}`;
    for (let n = 0; n < 2; n += 1) expect(await ann.json("POST", path)).toEqual({ status: 200, body: {} });
    const frames = await watching;
    expect(frames.map((frame) => frame.event)).toEqual([
      "catch_up",
      "RunStarted",
      "subscribed",
      "RunCancelled",
      "RunCompleted",
    ]);
    expect(frames[0]).toMatchObject({ status: "running", missed_events: 1, current_event_count: 1 });
    expect((await get(waiting)).body).toMatchObject({ status: "CANCELLED" });
    const [meta, ...replayed] = await allFrames(await resume(waiting, -1));
    expect(meta).toMatchObject({ event: "replay", status: "CANCELLED", total_events: 3 });
    expect(replayed.map((frame) => frame.event_index)).toEqual([0, 1, 2]);
    for (const run of runs.filter((one) => one !== waiting)) {
      await ann.json("POST", `/agents/assistant/runs/${run.run_id}/cancel?session_id=${run.session_id}`);
      expect(await ended(run)).toMatchObject({ status: "CANCELLED" });
    }
  });

  it("does not exist for a stranger", async () => {
    const run = await accept({ message: "/long 100", session_id: "anns-background" });
    expect((await get(run, bob)).status).toBe(404);
    expect(await (await resume(run, -1, bob)).text()).toContain("not found");
    const cancel = `/agents/assistant/runs/${run.run_id}/cancel?session_id=${run.session_id}`;
    expect((await bob.json("POST", cancel)).status).toBe(404);
    expect(await ended(run)).toMatchObject({ status: "COMPLETED" });
  });
});
