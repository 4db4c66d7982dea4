import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Budget, budgetSchema } from "#lib/core/budget.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let ann: ApiClient;
let boss: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: {
      SCRIPTED_WORD_DELAY_MS: "0",
      SCRIPTED_USD_PER_MILLION_TOKENS: "5",
      LOG_LEVEL: "error",
      JWT_VERIFICATION_KEY: TEST_JWT_KEY,
    },
  });
  admin = await apiClient(server.url, { sub: "root" });
  ann = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run", "approvals:read"] });
  boss = await apiClient(server.url, {
    sub: "boss",
    scopes: ["approvals:read", "approvals:write", "budgets:read", "budgets:write"],
  });
  await admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "paid",
    name: "Paid",
    stage: "published",
    config: { model: { provider: "scripted", id: "demo-1" }, max_output_tokens: 200 },
  });
}, 180_000);

afterAll(() => server?.stop());

const BODY = { name: "Team", applies_to: "agent", agent_id: "paid", period: "day", limit_usd: 0.000_1 };

describe("/budgets", () => {
  it("are made, read, changed and deleted by whoever may", async () => {
    const made = await boss.json("POST", "/budgets", { ...BODY, name: "Made" });
    const defaults = { enabled: true, user_id: null, expires_after_seconds: 86_400 };
    expect(made).toMatchObject({ status: 201, body: { ...BODY, ...defaults, name: "Made" } });
    expect(budgetSchema.parse(made.body)).toEqual(made.body);
    const path = `/budgets/${(made.body as Budget).id}`;
    expect(await boss.json("GET", path)).toEqual({ status: 200, body: made.body });
    expect((await boss.json("GET", "/budgets")).body).toEqual([made.body]);
    expect(await boss.json("PATCH", path, { limit_usd: 2.5, period: "run" })).toMatchObject({
      status: 200,
      body: { limit_usd: 2.5, period: "run", usage: null },
    });
    expect(await boss.json("POST", "/budgets", { ...BODY, name: "Made" })).toEqual({
      status: 409,
      body: { detail: "There is a budget named 'Made' already" },
    });
    // Who may run agents, and who may only write, may not do it.
    expect((await ann.json("GET", "/budgets")).status).toBe(403);
    expect((await ann.json("PATCH", path, { enabled: false })).status).toBe(403);
    expect((await boss.json("DELETE", path)).status).toBe(403);
    expect((await admin.json("DELETE", path)).status).toBe(204);
    expect((await admin.json("GET", path)).status).toBe(404);
  });

  it.each([
    [{ ...BODY, limit_usd: 0 }, ["body", "limit_usd"]],
    [{ ...BODY, limit_usd: 0.000_000_1 }, ["body", "limit_usd"]],
    [{ ...BODY, limit_usd: 0.000_001_5 }, ["body", "limit_usd"]],
    [{ ...BODY, limit_usd: 1e12 }, ["body", "limit_usd"]],
    [{ ...BODY, limit_usd: "ten" }, ["body", "limit_usd"]],
    [{ ...BODY, period: "week" }, ["body", "period"]],
    [{ ...BODY, agent_id: null }, ["body", "agent_id"]],
    [{ ...BODY, applies_to: "organization" }, ["body", "agent_id"]],
    [{ ...BODY, user_id: "ann" }, ["body", "user_id"]],
    [{ ...BODY, expires_after_seconds: 1 }, ["body", "expires_after_seconds"]],
  ])("%j is refused by its field", async (body, loc) => {
    const answer = await admin.json("POST", "/budgets", body);
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc }] } });
  });
});

describe("a run that would cost more than its budget leaves it", () => {
  it("pauses as any run does, wakes by itself once it is granted more, and the budget tells what was spent", async () => {
    const made = await admin.json("POST", "/budgets", BODY);
    const path = `/budgets/${(made.body as Budget).id}`;
    const frames = await ann.run("paid", { message: "hello", session_id: "granted" });
    const last = frames.at(-1);
    expect(last).toMatchObject({ event: "RunPaused", requirements: [{ kind: "budget" }] });
    const [held] = (last?.["tools"] ?? []) as ToolExecution[];
    const runId = String(frames[0]?.run_id);
    // An AgentOS client that confirms without the right is told so.
    const answer = { tools: [{ ...held, confirmed: true }], session_id: "granted" };
    expect(await ann.json("POST", `/agents/paid/runs/${runId}/continue`, answer)).toEqual({
      status: 403,
      body: { detail: "This run requires admin approval before it can be continued" },
    });
    const approval = `/approvals/${held?.approval_id ?? ""}`;
    const resolved = await boss.json("POST", `${approval}/resolve`, {
      status: "approved",
      resolution_data: { amount_usd: 1 },
    });
    expect(resolved).toMatchObject({ status: 200, body: { status: "approved", resolved_by: "boss" } });
    expect((await boss.json("POST", `${approval}/resolve`, { status: "rejected" })).status).toBe(409);
    await expect
      .poll(async () => ((await boss.json("GET", approval)).body as { run_status: string }).run_status)
      .toBe("COMPLETED");
    const budget = (await boss.json("GET", path)).body as Budget;
    expect(budget.usage).toMatchObject({ granted_usd: 1, reserved_usd: 0 });
    expect(budget.usage?.spent_usd).toBeGreaterThan(0);
    expect(budget.usage?.spent_usd).toBeLessThan(0.01);
  });
});
