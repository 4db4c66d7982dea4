import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDetailSchema, runOutputSchema } from "#lib/core/run-wire.ts";
import { type SessionDetail, sessionDetailSchema, sessionSummarySchema } from "#lib/core/session.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { makeFlowAgents } from "#tests/support/event-flows.ts";
import { eventually } from "#tests/support/eventually.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let ann: ApiClient;
let bob: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  const admin = await apiClient(server.url, { scopes: ["agent_os:admin"] });
  await makeFlowAgents(admin);
  const made = await admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "summing",
    name: "Summing",
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      enable_session_summaries: true,
      add_history_to_context: false,
    },
  });
  expect(made.status).toBe(201);
  const scopes = ["agents:read", "agents:run", "sessions:read", "sessions:write"];
  ann = await apiClient(server.url, { sub: "ann", scopes });
  bob = await apiClient(server.url, { sub: "bob", scopes });
}, 180_000);

afterAll(() => server?.stop());

async function detail(session_id: string): Promise<SessionDetail> {
  const { body } = await ann.json("GET", `/sessions/${session_id}`);
  return sessionDetailSchema.strict().parse(body);
}

/** Waits for the summary, which comes after the reply, to know about a question. */
function summedUp(session_id: string, about: string): Promise<SessionDetail> {
  return eventually(
    async () => {
      const session = await detail(session_id);
      return session.session_summary?.summary.includes(about) === true ? session : null;
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
}

describe("session summaries", () => {
  it("come after the reply, stand with the session, and are told to later runs", async () => {
    const session_id = "summing-1";
    const frames = await ann.run("summing", { message: "My boat is called Halcyon.", session_id });
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    const session = await summedUp(session_id, "Halcyon");
    expect(session.session_summary).toMatchObject({
      topics: expect.arrayContaining(["boat"]),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const listed = (await ann.json("GET", "/sessions?component_id=summing")).body as { data: unknown[] };
    const [entry] = listed.data.map((one) => sessionSummarySchema.strict().parse(one));
    expect(entry?.session_summary).toEqual(session.session_summary);

    const next = await ann.run("summing", { message: "Where can I moor it?", session_id });
    const run = await ann.json(
      "GET",
      `/agents/summing/runs/${String(next[0]?.run_id)}?session_id=${session_id}`,
    );
    const [system] = runOutputSchema.parse(run.body).messages;
    expect(system).toMatchObject({ role: "system" });
    expect(system?.content).toContain("<summary_of_previous_interactions>");
    expect(system?.content).toContain("Halcyon");
    const later = await summedUp(session_id, "moor");
    expect(later.session_summary?.summary).toContain("Halcyon");
  });

  it("are paid for by the session, under their own role", async () => {
    const session_id = "summing-2";
    const frames = await ann.run("summing", { message: "How do tides work?", session_id });
    const ofRun = frames.at(-1)?.["metrics"] as { total_tokens: number };
    const session = await summedUp(session_id, "tides");
    const [summaries] = session.metrics.details?.session_summary_model ?? [];
    expect(summaries?.total_tokens).toBeGreaterThan(0);
    expect(session.total_tokens).toBe(ofRun.total_tokens + (summaries?.total_tokens ?? 0));
  });

  it("can be written by hand, and go along with a fork; a stranger sees and changes nothing", async () => {
    const session_id = "summing-3";
    await ann.run("summing", { message: "How do tides work?", session_id });
    await summedUp(session_id, "tides");
    const summary = { summary: "All about tides.", topics: ["tides"] };
    const changed = await ann.json("PATCH", `/sessions/${session_id}`, { summary });
    expect(changed).toMatchObject({ status: 200, body: { session_summary: summary } });
    expect((await ann.json("PATCH", `/sessions/${session_id}`, { summary: { summary: "" } })).status).toBe(
      422,
    );
    expect((await bob.json("PATCH", `/sessions/${session_id}`, { summary })).status).toBe(404);
    expect((await bob.json("GET", `/sessions/${session_id}`)).status).toBe(404);
    const forked = await ann.json("POST", `/agents/summing/sessions/${session_id}/fork`);
    const copy = await detail((forked.body as { session_id: string }).session_id);
    expect(copy.session_summary).toMatchObject(summary);
    // What was used was paid for once.
    expect(copy.total_tokens).toBeUndefined();
  });

  it("are not made for an agent without them", async () => {
    await ann.run("assistant", { message: "hello", session_id: "no-summary" });
    expect(await detail("no-summary")).not.toHaveProperty("session_summary");
  });
});

describe("follow-ups and shortened results", () => {
  it("are part of the run, wherever it is read", async () => {
    const session_id = "suggesting-1";
    const response = await ann.open("/agents/suggesting/runs", {
      message: "How do tides work?",
      session_id,
      stream: "false",
    });
    const run = runOutputSchema.strict().parse(await response.json());
    expect(run.followups).toHaveLength(2);
    const listed = await ann.json("GET", `/sessions/${session_id}/runs`);
    const [entry] = (listed.body as unknown[]).map((one) => runDetailSchema.strict().parse(one));
    expect(entry?.followups).toEqual(run.followups);
    const { metrics } = await detail(session_id);
    expect(metrics.details?.followup_model).toEqual(run.metrics?.details?.followup_model);
    expect(metrics.total_tokens).toBe(run.metrics?.total_tokens);
  });

  it("keep the original beside the shortened text", async () => {
    const session_id = "caring-1";
    const calls = Array.from({ length: 3 }, () => "/tool get_session_state {}").join("\n");
    const frames = await ann.run("caring", { message: calls, session_id });
    const path = `/agents/caring/runs/${String(frames[0]?.run_id)}?session_id=${session_id}`;
    const { messages } = runOutputSchema.strict().parse((await ann.json("GET", path)).body);
    const told = messages.filter(({ role }) => role === "tool");
    expect(told).toHaveLength(3);
    for (const { content = "", compressed_content: short = "" } of told) {
      expect(short).not.toBe("");
      expect(short.length).toBeLessThan(content.length);
    }
  });
});
