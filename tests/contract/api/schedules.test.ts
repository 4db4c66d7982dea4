import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { CONTRACTS } from "#lib/api/contracts.ts";
import type { Schedule, ScheduleRun } from "#lib/core/schedule.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { eventually } from "#tests/support/eventually.ts";
import { signTestToken, TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let admin: ApiClient;
let made = 0;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  admin = await apiClient(server.url, { sub: "root" });
}, 180_000);

afterAll(() => server?.stop());

const caller = (sub: string, ...scopes: string[]) => apiClient(server.url, { sub, scopes });

/** Sends a request and checks that the answer is exactly what the contract of that operation declares. */
async function call(operationId: string, path: string, body?: unknown, who = admin): Promise<unknown> {
  const contract = CONTRACTS.find((candidate) => candidate.operationId === operationId);
  if (contract === undefined) throw new Error(`There is no operation ${operationId}`);
  const [status = "200", { schema }] = Object.entries(contract.responses)[0] ?? ["200", { schema: null }];
  const answer = await who.json(contract.method, path, body);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: Number(status) });
  if (schema === null) expect(answer.body).toBeNull();
  else expect((schema as z.ZodType).parse(answer.body)).toEqual(answer.body);
  return answer.body;
}

async function create(input: object = {}, who = admin): Promise<Schedule> {
  made += 1;
  const least = { name: `made ${made}`, cron_expr: "0 9 1 1 *", endpoint: "/agents/assistant/runs" };
  return (await call("create_schedule", "/schedules", { ...least, ...input }, who)) as Schedule;
}

const KEYS = [
  "id",
  "name",
  "description",
  "method",
  "endpoint",
  "payload",
  "cron_expr",
  "timezone",
  "timeout_seconds",
  "max_retries",
  "retry_delay_seconds",
  "enabled",
  "next_run_at",
  "created_at",
  "updated_at",
];

describe("schedules", () => {
  it("go the recorded way: create, list, get, disable, enable, change, delete", async () => {
    const daily = await create({ name: "daily", cron_expr: "0 9 * * *", payload: { message: "hi" } });
    expect(Object.keys(daily)).toEqual([...KEYS, "overlap_policy", "catch_up_policy"]);
    expect(daily).toMatchObject({
      method: "POST",
      description: null,
      timeout_seconds: 3_600,
      updated_at: null,
    });
    const path = `/schedules/${daily.id}`;
    expect(await call("list_schedules", "/schedules?limit=2")).toEqual({
      data: [daily],
      meta: { page: 1, limit: 2, total_pages: 1, total_count: 1, search_time_ms: expect.any(Number) },
    });
    expect(await call("get_schedule", path)).toEqual(daily);
    expect(await call("list_schedule_runs", `${path}/runs`)).toMatchObject({
      data: [],
      meta: { page: 1, limit: 100, total_pages: 0, total_count: 0 },
    });
    const off = await call("disable_schedule", `${path}/disable`);
    expect(Object.keys(off as object)).toEqual(["id", "name", "enabled", "next_run_at", "updated_at"]);
    expect(off).toMatchObject({ enabled: false, next_run_at: daily.next_run_at });
    expect(await call("list_schedules", "/schedules?enabled=true")).toMatchObject({ data: [] });
    expect(await admin.json("POST", `${path}/trigger`)).toEqual({
      status: 409,
      body: { detail: "Schedule is disabled" },
    });
    expect(await call("enable_schedule", `${path}/enable`)).toMatchObject({ enabled: true });
    expect(await call("update_schedule", path, { cron_expr: "0 10 * * *" })).toMatchObject({
      cron_expr: "0 10 * * *",
      payload: { message: "hi" },
    });
    expect(await admin.json("POST", "/schedules", { ...daily, description: null })).toEqual({
      status: 409,
      body: { detail: "Schedule with name 'daily' already exists" },
    });
    await call("delete_schedule", path);
    expect(await admin.json("GET", path)).toEqual({ status: 404, body: { detail: "Schedule not found" } });
  });

  it("answer the recorded sentences for what is not there and what makes no sense", async () => {
    const unknown = { status: 404, body: { detail: "Schedule not found" } };
    expect(await admin.json("GET", "/schedules/nope")).toEqual(unknown);
    expect(await admin.json("PATCH", "/schedules/nope", { name: "x" })).toEqual(unknown);
    expect(await admin.json("DELETE", "/schedules/nope")).toEqual(unknown);
    expect(await admin.json("GET", "/schedules/nope/runs")).toEqual(unknown);
    for (const verb of ["enable", "disable", "trigger"])
      expect(await admin.json("POST", `/schedules/nope/${verb}`)).toEqual(unknown);
    const { id } = await create();
    expect(await admin.json("GET", `/schedules/${id}/runs/nope`)).toEqual({
      status: 404,
      body: { detail: "Schedule run not found" },
    });
    const least = { name: "bad", cron_expr: "nonsense", endpoint: "/agents/plain/runs" };
    expect(await admin.json("POST", "/schedules", least)).toEqual({
      status: 422,
      body: { detail: "Invalid cron expression: nonsense" },
    });
    expect(await admin.json("PATCH", `/schedules/${id}`, { timezone: "Mars/Olympus" })).toEqual({
      status: 422,
      body: { detail: "Invalid timezone: Mars/Olympus" },
    });
  });

  it.each([
    [{ name: undefined }, ["body", "name"]],
    [{ name: "-x" }, ["body", "name"]],
    [{ endpoint: "https://elsewhere.test/" }, ["body", "endpoint"]],
    [{ endpoint: "//elsewhere.test/" }, ["body", "endpoint"]],
    [{ method: "CONNECT" }, ["body", "method"]],
    [{ timeout_seconds: 86_401 }, ["body", "timeout_seconds"]],
    [{ max_retries: "many" }, ["body", "max_retries"]],
    [{ payload: "text" }, ["body", "payload"]],
    [{ payload: { message: "a\0b" } }, ["body", "payload", "message"]],
    [{ overlap_policy: "wait" }, ["body", "overlap_policy"]],
  ])("refuse %j at its field", async (change, loc) => {
    const least = { name: "x", cron_expr: "0 9 * * *", endpoint: "/agents/assistant/runs" };
    const answer = await admin.json("POST", "/schedules", { ...least, ...change });
    expect(answer.status).toBe(422);
    expect((answer.body as { detail: { loc: unknown }[] }).detail[0]?.loc).toEqual(loc);
  });

  it("are opened by their three scopes, each for its own", async () => {
    const { id } = await create();
    const path = `/schedules/${id}`;
    const doors = [
      ["read", "GET", "/schedules", undefined],
      ["read", "GET", path, undefined],
      ["read", "GET", `${path}/runs`, undefined],
      ["read", "GET", `${path}/runs/nope`, undefined],
      ["write", "POST", "/schedules", {}],
      ["write", "PATCH", path, {}],
      ["write", "POST", `${path}/disable`, undefined],
      ["write", "POST", `${path}/enable`, undefined],
      ["write", "POST", `${path}/trigger`, undefined],
      ["delete", "DELETE", path, undefined],
    ] as const;
    for (const action of ["read", "write", "delete"] as const) {
      const holder = await caller(
        "eve",
        ...["read", "write", "delete"].filter((one) => one !== action).map((one) => `schedules:${one}`),
        "agents:run",
      );
      for (const [needed, method, target, body] of doors.filter((door) => door[0] === action)) {
        expect(await holder.json(method, target, body), `${method} ${target}`).toEqual({
          status: 403,
          body: { detail: `Insufficient permissions. Required scope(s): schedules:${needed}` },
        });
      }
    }
    const member = await caller("u", "agents:run", "agents:read", "sessions:read");
    for (const [, method, target, body] of doors)
      expect((await member.json(method, target, body)).status, `${method} ${target}`).toBe(403);
  });

  it("do for nobody what they may not do themselves", async () => {
    const refused = {
      status: 403,
      body: { detail: "Insufficient permissions. Required scope(s): agents:run" },
    };
    const one = await caller("ann", "schedules:read", "schedules:write", "agents:web-reader:run");
    const least = { cron_expr: "* * * * *", endpoint: "/agents/assistant/runs", payload: { message: "hi" } };
    expect(await one.json("POST", "/schedules", { ...least, name: "stolen" })).toEqual(refused);
    const own = await create({ name: "own", endpoint: "/agents/web-reader/runs" }, one);
    expect(await one.json("PATCH", `/schedules/${own.id}`, { endpoint: "/agents/assistant/runs" })).toEqual(
      refused,
    );

    const theirs = await create({ name: "theirs", payload: { message: "good" } });
    const path = `/schedules/${theirs.id}`;
    expect(await one.json("PATCH", path, { payload: { message: "bad" } })).toEqual(refused);
    expect(await one.json("POST", `${path}/trigger`)).toEqual(refused);
    expect(await one.json("POST", `${path}/enable`)).toEqual(refused);
    expect(await one.json("POST", `${path}/disable`)).toMatchObject({ status: 200 });
    expect(await admin.json("GET", path)).toMatchObject({
      body: { payload: { message: "good" }, enabled: false },
    });
  });

  it("reach no further than the scheduler's scopes, whoever makes them", async () => {
    for (const [method, endpoint] of [
      ["DELETE", "/sessions/some"],
      ["POST", "/components"],
      ["GET", "/model-providers"],
      ["POST", "/schedules"],
      ["POST", "/schedules/some/trigger"],
      ["PATCH", "/schedules/some"],
    ]) {
      const answer = await admin.json("POST", "/schedules", {
        name: "far",
        cron_expr: "@daily",
        method,
        endpoint,
      });
      expect(answer.status, `${method} ${endpoint}`).toBe(403);
    }
    const nowhere = { name: "far", cron_expr: "@daily", endpoint: "/nope" };
    expect(await admin.json("POST", "/schedules", nowhere)).toEqual({
      status: 422,
      body: { detail: "This API has no POST /nope." },
    });
  });

  it("cannot be had in the scheduler's own name", async () => {
    const token = await signTestToken({ sub: "__scheduler__", scopes: ["agent_os:admin"] });
    const answer = await fetch(`${server.url}/api/schedules`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ detail: "Invalid token subject" });
  });
});

describe("a trigger", () => {
  const payload = { message: "What is 17 * 23?" };

  it("answers with the finished attempt in the recorded keys, and its run is the scheduler's", async () => {
    const { id } = await create({ payload });
    const run = (await call("trigger_schedule", `/schedules/${id}/trigger`)) as ScheduleRun;
    expect(Object.keys(run)).toEqual([
      "id",
      "schedule_id",
      "attempt",
      "triggered_at",
      "completed_at",
      "status",
      "status_code",
      "run_id",
      "session_id",
      "error",
      "input",
      "output",
      "requirements",
      "created_at",
    ]);
    expect(run).toMatchObject({
      schedule_id: id,
      attempt: 1,
      status: "success",
      status_code: 200,
      error: null,
      input: { input_content: payload.message },
      output: { content: expect.stringContaining("391"), content_type: "str" },
      requirements: null,
    });
    expect(await call("list_schedule_runs", `/schedules/${id}/runs`)).toMatchObject({ data: [run] });
    expect(await call("get_schedule_run", `/schedules/${id}/runs/${run.id}`)).toEqual(run);
    const session = `/sessions/${run.session_id ?? ""}?type=agent`;
    expect(await admin.json("GET", session)).toMatchObject({
      status: 200,
      body: { user_id: "__scheduler__" },
    });
    const member = await caller("ann", "sessions:read", "agents:run");
    expect((await member.json("GET", session)).status).toBe(404);
  });

  it("cannot take another's session", async () => {
    const bob = await caller("bob", "agents:run", "sessions:read");
    const frames = await bob.run("assistant", { message: "mine", session_id: "of-bob" });
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    const { id } = await create({ payload: { ...payload, session_id: "of-bob", user_id: "bob" } });
    expect(await call("trigger_schedule", `/schedules/${id}/trigger`)).toMatchObject({
      status: "failed",
      status_code: 404,
      error: "Session with id 'of-bob' not found",
      run_id: null,
    });
  });

  it("goes on with one conversation where the schedule names a session", async () => {
    const { id } = await create({ payload: { ...payload, session_id: "daily-report" } });
    for (let count = 0; count < 2; count += 1) await call("trigger_schedule", `/schedules/${id}/trigger`);
    const { body } = await admin.json("GET", "/sessions/daily-report/runs?type=agent");
    expect(body).toHaveLength(2);
  });

  it("says what went wrong, with the sentence of the API", async () => {
    const { id } = await create({ endpoint: "/agents/nobody/runs", payload });
    expect(await call("trigger_schedule", `/schedules/${id}/trigger`)).toMatchObject({
      status: "failed",
      status_code: 404,
      error: "Agent not found",
    });
    const reading = await create({ method: "GET", endpoint: "/agents" });
    expect(await call("trigger_schedule", `/schedules/${reading.id}/trigger`)).toMatchObject({
      status: "success",
      run_id: null,
      output: null,
    });
  });
});

it("a schedule of every minute fires at the minute", async () => {
  const { id } = await create({ cron_expr: "* * * * *", payload: { message: "tick" } });
  const run = await eventually(
    async () => {
      const { body } = await admin.json("GET", `/schedules/${id}/runs`);
      const [first] = (body as { data: ScheduleRun[] }).data;
      return first?.status === "success" ? first : null;
    },
    { timeoutMs: 90_000, everyMs: 500 },
  );
  await call("delete_schedule", `/schedules/${id}`);
  expect(run.run_id).not.toBeNull();
  // Within a few seconds of the full minute, also where the machine is busy.
  expect((run.triggered_at ?? 30) % 60).toBeLessThan(20);
}, 120_000);

it("nobody gets in with a token of the inside that they made up", async () => {
  for (const token of ["gh_internal_", `gh_internal_${"A".repeat(43)}`]) {
    const answer = await fetch(`${server.url}/api/schedules`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
  }
});
