import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "#lib/core/approval.ts";
import { approvalSchema } from "#lib/core/approval.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

let server: TestServer;
let ann: ApiClient;
let boss: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  admin = await apiClient(server.url, { sub: "root" });
  ann = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run", "approvals:read"] });
  boss = await apiClient(server.url, { sub: "boss", scopes: ["approvals:read", "approvals:write"] });
  await admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "noting",
    name: "Noting",
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      tools: ["take_note"],
      tool_settings: { take_note: { approval_type: "required" } },
    },
  });
}, 180_000);

afterAll(() => server?.stop());

async function ask(session_id: string) {
  const frames = await ann.run("noting", { message: '/tool take_note {"text":"milk"}', session_id });
  const [held] = (frames.at(-1)?.["tools"] ?? []) as ToolExecution[];
  return { runId: String(frames[0]?.run_id), approvalId: held?.approval_id ?? "", held };
}

async function get(client: ApiClient, path: string) {
  return client.json("GET", path);
}

describe("/approvals", () => {
  it("an approval wakes its run by itself: the durable engine drives it to its end", async () => {
    const { runId, approvalId } = await ask("approved");
    const path = `/agents/noting/runs/${runId}`;
    expect(await get(boss, "/approvals/count")).toMatchObject({ status: 200, body: { count: 1 } });
    const resolved = await boss.json("POST", `/approvals/${approvalId}/resolve`, { status: "approved" });
    expect(resolved.status).toBe(200);
    expect(approvalSchema.parse(resolved.body)).toMatchObject({ status: "approved", resolved_by: "boss" });
    // An AgentOS client continues with an empty list then, and sees the run from where it went on.
    const attached = await allFrames(
      await ann.open(`${path}/continue`, { tools: "[]", session_id: "approved" }),
    );
    expect(attached.map(({ event }) => event).slice(0, 3)).toEqual([
      "RunContinued",
      "ToolCallStarted",
      "ToolCallCompleted",
    ]);
    expect(attached.at(-1)?.event).toBe("RunCompleted");
    await expect
      .poll(async () => ((await get(boss, `/approvals/${approvalId}`)).body as Approval).run_status)
      .toBe("COMPLETED");
    expect(await boss.json("POST", `/approvals/${approvalId}/resolve`, { status: "rejected" })).toEqual({
      status: 409,
      body: { detail: "Approval is already 'approved' and cannot be resolved" },
    });
  });

  it("every route answers in the wire's shapes", async () => {
    const { runId, approvalId, held } = await ask("shapes");
    const one = (await get(ann, `/approvals/${approvalId}`)).body as Approval;
    expect(approvalSchema.parse(one)).toEqual(one);
    expect(Object.keys(one)).toEqual(Object.keys(approvalSchema.shape));
    expect(await get(ann, `/approvals/${approvalId}/status`)).toEqual({
      status: 200,
      body: {
        approval_id: approvalId,
        status: "pending",
        run_id: runId,
        resolved_at: null,
        resolved_by: null,
      },
    });
    expect(await get(ann, "/approvals?status=pending&pause_type=confirmation&limit=1")).toMatchObject({
      status: 200,
      body: { data: [{ id: approvalId }], meta: { page: 1, limit: 1, total_pages: 1, total_count: 1 } },
    });
    expect(await get(ann, "/approvals/nope")).toEqual({
      status: 404,
      body: { detail: "Approval not found" },
    });
    expect((await get(ann, "/approvals?status=maybe")).status).toBe(422);
    const continued = await ann.json("POST", `/agents/noting/runs/${runId}/continue`, {
      tools: [{ ...held, confirmed: true }],
      session_id: "shapes",
    });
    expect(continued).toEqual({
      status: 403,
      body: { detail: "This run requires admin approval before it can be continued" },
    });
    expect((await ann.json("POST", `/approvals/${approvalId}/resolve`, { status: "approved" })).status).toBe(
      403,
    );
    expect((await boss.json("DELETE", `/approvals/${approvalId}`)).status).toBe(403);
    expect((await admin.json("DELETE", `/approvals/${approvalId}`)).status).toBe(409);
    await boss.json("POST", `/approvals/${approvalId}/resolve`, { status: "rejected" });
    expect((await admin.json("DELETE", `/approvals/${approvalId}`)).status).toBe(204);
    expect((await admin.json("DELETE", `/approvals/${approvalId}`)).status).toBe(404);
  });
});

describe("/approval-policies", () => {
  it("are made, read, changed and deleted by whoever may", async () => {
    const body = { name: "Big notes", tool_pattern: "take_*", condition: "size(args.text) > 100" };
    const made = await admin.json("POST", "/approval-policies", body);
    expect(made).toMatchObject({ status: 201, body: { ...body, approvals_required: 1, on_expiry: "deny" } });
    const path = `/approval-policies/${(made.body as { id: string }).id}`;
    expect(await get(admin, path)).toEqual({ status: 200, body: made.body });
    expect(await admin.json("PATCH", path, { approvals_required: 2 })).toMatchObject({
      status: 200,
      body: { approvals_required: 2 },
    });
    expect(
      await admin.json("POST", "/approval-policies", { ...body, condition: "args.text >" }),
    ).toMatchObject({
      status: 422,
    });
    // Who may approve may not change what takes an approval.
    expect((await boss.json("PATCH", path, { enabled: false })).status).toBe(403);
    expect((await admin.json("DELETE", path)).status).toBe(204);
    expect((await get(admin, path)).status).toBe(404);
    expect((await get(admin, "/approval-policies")).body).toEqual([]);
  });
});
