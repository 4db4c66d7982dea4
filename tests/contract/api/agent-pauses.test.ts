import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

/** What a reference server sent: streams, whole runs, and the calls that were posted back. */
interface RecordedFlow {
  asked: Record<string, unknown>[];
  paused: Record<string, unknown>;
  posted: Partial<ToolExecution>[];
  continued: Record<string, unknown>[];
  ended: Record<string, unknown>;
}

const RECORDED = JSON.parse(
  readFileSync(new URL("../../fixtures/wire/agent-pauses.json", import.meta.url), "utf8"),
) as Record<"confirm" | "reject" | "input" | "external", RecordedFlow>;

/** The same flows with tools of ours. */
const FLOWS = [
  { flow: "confirm", agent: "confirming", message: '/tool take_note {"text":"hi"}' },
  { flow: "reject", agent: "confirming", message: '/tool take_note {"text":"hi"}' },
  { flow: "input", agent: "asking", message: '/tool set_session_state {"key":"city"}' },
  { flow: "external", agent: "outside", message: '/tool take_note {"text":"hi"}' },
] as const;

const SETTINGS = {
  confirming: { take_note: { requires_confirmation: true } },
  asking: { set_session_state: { requires_user_input: true, user_input_fields: ["value"] } },
  outside: { take_note: { external_execution: true } },
};

let server: TestServer;
let ann: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  const admin = await apiClient(server.url, { scopes: ["agent_os:admin"] });
  for (const [name, settings] of Object.entries(SETTINGS)) {
    const config = {
      model: { provider: "scripted", id: "demo-1" },
      reasoning_effort: "none",
      tools: Object.keys(settings),
      tool_settings: settings,
    };
    const made = await admin.json("POST", "/components", {
      component_type: "agent",
      component_id: name,
      name,
      stage: "published",
      config,
    });
    expect(made.status).toBe(201);
  }
  ann = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run", "sessions:read"] });
}, 180_000);

afterAll(() => server?.stop());

function names(frames: readonly { event?: unknown }[]): unknown[] {
  return frames.map(({ event }) => event).filter((name, at, all) => name !== all[at - 1]);
}

/** The fields of a frame beside those that are ours: the index, and the answers in RunContinued. */
function fieldsOf(frame: Record<string, unknown>): string[] {
  const ours = frame["event"] === "RunContinued" ? ["event_index", "tools"] : ["event_index"];
  return Object.keys(frame).filter((key) => !ours.includes(key));
}

/** One frame of each name, in the order in which they came first. */
function firstOfEach(frames: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return frames.filter(({ event }, at) => frames.findIndex((frame) => frame["event"] === event) === at);
}

function expectSameFields(
  mine: readonly Record<string, unknown>[],
  theirs: readonly Record<string, unknown>[],
): void {
  expect(names(mine)).toEqual(names(theirs));
  for (const [at, frame] of firstOfEach(mine).entries()) {
    // Only the answer's time to its first text is measured or not.
    const fields = (one: Record<string, unknown> | undefined) =>
      fieldsOf(one ?? {}).filter((key) => key !== "time_to_first_token");
    expect([frame["event"], fields(frame).toSorted()]).toEqual([
      frame["event"],
      fields(firstOfEach(theirs)[at]).toSorted(),
    ]);
  }
}

/** A call without what differs from server to server. */
function shapeOf(tool: unknown): Record<string, unknown> {
  const { user_input_schema: form, ...rest } = tool as ToolExecution;
  const values = {
    tool_call_id: "",
    tool_name: "",
    tool_args: {},
    created_at: 0,
    metrics: null,
    result: null,
  };
  const result = rest.result === null ? null : "given";
  const fields = form?.map((field) => Object.keys(field).toSorted()).slice(0, 1) ?? null;
  return { ...rest, ...values, result, user_input_schema: fields };
}

async function flowOf(which: (typeof FLOWS)[number]) {
  const theirs = RECORDED[which.flow];
  const session_id = `pause-${which.flow}`;
  const asked = await ann.run(which.agent, { message: which.message, session_id });
  const runId = String(asked[0]?.run_id);
  const path = `/agents/${which.agent}/runs/${runId}`;
  const read = async () =>
    (await ann.json("GET", `${path}?session_id=${session_id}`)).body as Record<string, unknown>;
  const paused = await read();
  const [held] = (asked.at(-1)?.["tools"] ?? []) as ToolExecution[];
  const [posted] = theirs.posted;
  const answer = {
    ...held,
    confirmed: posted?.confirmed ?? null,
    confirmation_note: posted?.confirmation_note ?? null,
    answered: posted?.answered ?? null,
    result: posted?.result ?? null,
    user_input_schema: (held?.user_input_schema ?? []).map((field) =>
      field.name === "value" ? { ...field, value: "Oslo" } : field,
    ),
  };
  const tools = JSON.stringify([answer]);
  const continued = await allFrames(
    await ann.open(`${path}/continue`, { tools, session_id, user_id: "ann" }),
  );
  return { theirs, asked, paused, continued, ended: await read(), path, session_id, tools };
}

function all(frames: readonly ReceivedFrame[]): Record<string, unknown>[] {
  return frames.map((frame) => ({ ...frame }));
}

describe("a run that waits, on the wire", () => {
  it.each(FLOWS)("$flow: streams and whole runs as the reference server has them", async (which) => {
    const { theirs, asked, paused, continued, ended } = await flowOf(which);
    expectSameFields(all(asked), theirs.asked);
    expectSameFields(all(continued), theirs.continued);

    const mine = asked.at(-1) as Record<string, unknown>;
    const pause = theirs.asked.at(-1) ?? {};
    expect(mine["content"]).toBe(pause["content"]);
    const [myTool] = mine["tools"] as unknown[];
    const [theirTool] = pause["tools"] as unknown[];
    expect(Object.keys(myTool as object)).toEqual(Object.keys(theirTool as object));
    expect(shapeOf(myTool)).toEqual(shapeOf(theirTool));
    const [myRequirement] = mine["requirements"] as Record<string, unknown>[];
    const [theirRequirement] = pause["requirements"] as Record<string, unknown>[];
    expect(Object.keys(myRequirement ?? {})).toEqual(Object.keys(theirRequirement ?? {}));
    expect(myRequirement?.["created_at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);

    for (const [run, recorded] of [
      [paused, theirs.paused],
      [ended, theirs.ended],
    ] as const) {
      expect(run["status"]).toBe(recorded["status"]);
      expect(Object.keys(run).toSorted()).toEqual(Object.keys(recorded).toSorted());
      expect((run["tools"] as unknown[]).map(shapeOf)).toEqual((recorded["tools"] as unknown[]).map(shapeOf));
      const theirCalls = recorded["requirements"] as { tool_execution: unknown }[];
      const myCalls = run["requirements"] as { tool_execution: unknown }[];
      expect(myCalls.map((one) => shapeOf(one.tool_execution))).toEqual(
        theirCalls.map((one) => shapeOf(one.tool_execution)),
      );
      const roles = (messages: unknown) =>
        (messages as { role: string; tool_call_error?: boolean }[])
          .filter(({ role }) => role !== "system")
          .map(({ role, tool_call_error: failed }) => [role, failed]);
      expect(roles(run["messages"])).toEqual(roles(recorded["messages"]));
    }
  });

  it("a paused run's stream can be taken up again, and watched through the pause", async () => {
    const session_id = "pause-resume";
    const asked = await ann.run("confirming", { message: '/tool take_note {"text":"later"}', session_id });
    const path = `/agents/confirming/runs/${String(asked[0]?.run_id)}`;
    const replay = await allFrames(await ann.open(`${path}/resume`, { session_id, last_event_index: "1" }));
    expect(replay[0]).toMatchObject({ event: "replay", status: "PAUSED" });
    expect(replay.at(-1)?.event).toBe("RunPaused");
    const watched = allFrames(
      await ann.open(`${path}/resume`, {
        session_id,
        last_event_index: String(asked.at(-1)?.event_index),
        follow_pauses: "true",
      }),
    );
    const [held] = (asked.at(-1)?.["tools"] ?? []) as ToolExecution[];
    const tools = JSON.stringify([{ ...held, confirmed: true }]);
    await ann.json("POST", `${path}/continue`, { tools, session_id, stream: false });
    const frames = await watched;
    expect(frames.map(({ event }) => event).slice(0, 3)).toEqual([
      "subscribed",
      "RunContinued",
      "ToolCallStarted",
    ]);
    expect(frames.at(-1)?.event).toBe("RunCompleted");
  });

  it("refuses a stranger, a token without the scope, and a second answer", async () => {
    const { path, session_id, tools } = await flowOf(FLOWS[0]);
    const send = (client: ApiClient) =>
      client.json("POST", `${path}/continue`, { tools, session_id, stream: false });
    const bob = await apiClient(server.url, { sub: "bob", scopes: ["agents:run"] });
    expect(await send(bob)).toEqual({ status: 404, body: { detail: "Run not found" } });
    const reader = await apiClient(server.url, { sub: "ann", scopes: ["agents:read"] });
    expect(await send(reader)).toMatchObject({ status: 403 });
    expect(await send(ann)).toEqual({ status: 409, body: { detail: "run is already completed" } });
  });
});
