import { beforeEach, describe, expect, it } from "vitest";
import { createBudgetSchema } from "#lib/core/budget.ts";
import { createComponentSchema } from "#lib/core/component.ts";
import type { Principal } from "#lib/core/principal.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { Tool } from "#lib/core/tool.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun } from "#lib/db/runs.ts";
import { getSessionSummary } from "#lib/db/session-summaries.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import { askAgent, caller, continueWith, heldCalls, namesOf, runOf } from "#tests/support/pausing-agent.ts";
import { PerilousTools } from "#tests/support/perilous-tools.ts";
import { cancelRun } from "./cancel-run.ts";
import { countApprovals } from "./count-approvals.ts";
import { createBudget } from "./create-budget.ts";
import { createComponent } from "./create-component.ts";
import { driveRun } from "./drive-run.ts";
import { expireRequirements } from "./expire-requirements.ts";
import { getApproval } from "./get-approval.ts";
import { getBudget } from "./get-budget.ts";
import { getRunOutput } from "./get-run-output.ts";
import { listInbox } from "./list-inbox.ts";
import { resolveApproval } from "./resolve-approval.ts";
import { summarizeSession } from "./summarize-session.ts";
import { updateBudget } from "./update-budget.ts";

// A dollar a million tokens: each token costs a millionth.
const world = pauseWorld({ SCRIPTED_USD_PER_MILLION_TOKENS: "1" });

function boss(overrides: Partial<Principal> = {}): Principal {
  return caller(
    { ...world.scope, subject: "boss" },
    { scopes: ["approvals:write", "budgets:write"], ...overrides },
  );
}

/** An agent of the priced scripted model. */
async function agent(config: object = {}): Promise<string> {
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Paid ${crypto.randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, max_output_tokens: 100, ...config },
    }),
  );
  return component.component_id;
}

async function budget(fields: object): Promise<string> {
  const body = createBudgetSchema.parse({
    name: "Team",
    applies_to: "organization",
    period: "day",
    limit_usd: 0.000_1,
    ...fields,
  });
  return (await createBudget(world.everyone, body)).id;
}

function asked(frames: readonly ReceivedFrame[]): ToolExecution {
  const [held] = heldCalls(frames);
  if (held === undefined) throw new Error("The run asks for nothing.");
  return held;
}

const amountOf = (frames: readonly ReceivedFrame[]) => Number(asked(frames).tool_args["amount_usd"]);

async function audit(action: string) {
  const { rows } = await world.db.pool.query<{ actorId: string; details: Record<string, unknown> }>(
    `SELECT "actorId", details FROM "AuditEntry" WHERE "organizationId" = $1 AND action = $2 ORDER BY id`,
    [world.scope.organizationId, action],
  );
  return rows;
}

async function ledger() {
  const { rows } = await world.db.pool.query<{
    name: string;
    status: string;
    reserved: number;
    settled: number;
  }>(
    `SELECT name, status, "reservedMicroUsd"::float8 AS reserved, "settledMicroUsd"::float8 AS settled
     FROM "Spending" WHERE "organizationId" = $1 ORDER BY "createdAt", id`,
    [world.scope.organizationId],
  );
  return rows;
}

describe("a run that would cost more than its budget leaves it", () => {
  it("waits before its model call as any run waits, in words, in the inbox and on the wire", async () => {
    await budget({ limit_usd: 0.000_1 });
    const frames = await askAgent(world.ann, await agent(), "hello");
    expect(namesOf(frames)).toEqual(["RunStarted", "RunContentCompleted", "RunPaused"]);
    const last = frames.at(-1);
    expect(last?.["content"]).toMatch(
      /^This run needs \$0\.\d{3} more: “Team” allows <\$0\.001 a day, of which \$0\.00 is spent\.$/,
    );
    expect(last?.["requirements"]).toMatchObject([
      { kind: "budget", tool_execution: { tool_name: "request_budget", requires_confirmation: true } },
    ]);
    const { approval_id: id } = asked(frames);
    expect(await countApprovals(boss(), undefined)).toEqual({ count: 1 });
    expect(await getApproval(boss(), id ?? "")).toMatchObject({
      status: "pending",
      pause_type: "confirmation",
      approval_type: "required",
      tool_name: "request_budget",
      expires_at: expect.any(Number),
    });
    const inbox = await listInbox(boss(), { tab: "waiting", page: 1, limit: 10 });
    expect(inbox.approvals).toMatchObject([
      { kind: "budget", policy: { name: "Team", on_expiry: "end" }, approve_refusal: null },
    ]);
    const { runId, sessionId } = runOf(frames);
    const output = await getRunOutput(world.scope, runId, sessionId);
    expect(output).toMatchObject({ status: "PAUSED", tools: [{ tool_name: "request_budget" }] });
  });

  it("is granted more by an owner, an admin or who holds budgets:write, and by nobody else", async () => {
    await budget({});
    const frames = await askAgent(world.ann, await agent(), "hello");
    const id = asked(frames).approval_id ?? "";
    const sentence = "This run requires admin approval before it can be continued";
    const answer = [{ ...asked(frames), confirmed: true }];
    expect(await refusal(continueWith(world.ann, runOf(frames), answer))).toEqual([403, sentence]);
    const approver = boss({ scopes: ["approvals:write"] });
    expect(await refusal(resolveApproval(approver, id, { status: "approved" }))).toEqual([
      403,
      "An owner or an admin decides whether this run gets more money.",
    ]);
    await resolveApproval(boss({ role: "admin", scopes: ["approvals:write"] }), id, { status: "approved" });
    const late = refusal(resolveApproval(boss(), id, { status: "approved" }));
    expect(await late).toEqual([409, "Approval is already 'approved' and cannot be resolved"]);
  });

  it("of two who decide at once one is heard", async () => {
    await budget({});
    const frames = await askAgent(world.ann, await agent(), "hello");
    const id = asked(frames).approval_id ?? "";
    const decided = await Promise.allSettled([
      resolveApproval(boss(), id, { status: "approved" }),
      resolveApproval(boss(), id, { status: "approved" }),
    ]);
    expect(decided.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await audit("budget.granted")).toHaveLength(1);
  });

  it("is granted no less than it needs, and more where that is wanted", async () => {
    const budgetId = await budget({});
    const frames = await askAgent(world.ann, await agent(), "hello");
    const id = asked(frames).approval_id ?? "";
    for (const amount_usd of [amountOf(frames) - 0.000_001, -1, "a lot", 2_000_000]) {
      const data = { status: "approved", resolution_data: { amount_usd } } as const;
      expect((await refusal(resolveApproval(boss(), id, data)))[0]).toBe(422);
    }
    await resolveApproval(boss(), id, { status: "approved", resolution_data: { amount_usd: 2 } });
    expect(await getBudget(world.everyone, budgetId)).toMatchObject({ usage: { granted_usd: 2 } });
    expect(await audit("budget.granted")).toMatchObject([
      { actorId: "boss", details: { amount_usd: 2, run_id: runOf(frames).runId } },
    ]);
    await driveRun(world.everyone, runOf(frames).runId);
    // There is room for the next ones, too.
    expect(namesOf(await askAgent(world.ann, await agent(), "hello")).at(-1)).toBe("RunCompleted");
  });

  it("waits in the middle of its work, too, and does nothing of it twice", async () => {
    const id = await budget({});
    const agentId = await agent({ tools: ["take_note"] });
    const tight = await askAgent(world.ann, agentId, NOTE);
    // Exactly what the first call may cost: of that something is spent when the second comes.
    await updateBudget(world.everyone, id, { limit_usd: 0.000_1 + amountOf(tight) });
    const frames = await askAgent(world.ann, agentId, NOTE);
    expect(namesOf(frames).slice(-3)).toEqual(["ToolCallCompleted", "RunContentCompleted", "RunPaused"]);
    expect(await world.notes()).toEqual(["milk"]);
    const [first] = await ledger();
    expect(first).toMatchObject({ status: "settled", reserved: Math.round(100 + amountOf(tight) * 1e6) });
    expect(first?.settled).toBeLessThan(first?.reserved ?? 0);
    await resolveApproval(boss(), asked(frames).approval_id ?? "", { status: "approved" });
    await driveRun(world.everyone, runOf(frames).runId);
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({ status: "COMPLETED" });
    expect(await world.notes()).toEqual(["milk"]);
    expect(await ledger()).toHaveLength(2);
  });

  it("comes under its agent's own limit, which a grant raises for this run alone", async () => {
    const agentId = await agent({ cost_limit_usd: 0.000_1 });
    const frames = await askAgent(world.ann, agentId, "hello");
    expect(frames.at(-1)?.["content"]).toMatch(/more: “Limit of Paid \w+” allows <\$0\.001 a run/);
    const { approval_id: id } = asked(frames);
    await resolveApproval(boss(), id ?? "", { status: "approved" });
    await driveRun(world.everyone, runOf(frames).runId);
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({ status: "COMPLETED" });
    expect((await askAgent(world.ann, agentId, "hello")).at(-1)?.event).toBe("RunPaused");
  });

  it("asks each user by themselves; a budget that is switched off asks nobody", async () => {
    const id = await budget({ applies_to: "each_user", limit_usd: 0.001_4 });
    const bob = caller({ ...world.scope, subject: "bob" });
    const agentId = await agent();
    const ends: (string | undefined)[] = [];
    for (let n = 0; n < 40 && ends.at(-1) !== "RunPaused"; n += 1) {
      ends.push((await askAgent(world.ann, agentId, "hello")).at(-1)?.event);
    }
    expect(ends[0]).toBe("RunCompleted");
    expect(ends.at(-1)).toBe("RunPaused");
    expect((await askAgent(bob, agentId, "hello")).at(-1)?.event).toBe("RunCompleted");
    expect(await getBudget(world.everyone, id)).toMatchObject({ usage: { user_id: "ann" } });
    await updateBudget(world.everyone, id, { enabled: false });
    expect((await askAgent(world.ann, agentId, "hello")).at(-1)?.event).toBe("RunCompleted");
  });
});

describe("what helpers do beside a run", () => {
  it("is left out where a budget has no room for it, and the run does not wait for it", async () => {
    const helping = { followups: true, enable_session_summaries: true };
    const roomy = await askAgent(world.ann, await agent(helping), "hello");
    expect(roomy.find(({ event }) => event === "FollowupsCompleted")?.["followups"]).not.toEqual([]);
    const id = await budget({});
    const first = await askAgent(world.ann, await agent(helping), "hello");
    // Exactly what the answer itself may cost: of that something is spent when the helpers ask.
    await updateBudget(world.everyone, id, { limit_usd: 0.000_1 + amountOf(first) });
    const frames = await askAgent(world.ann, await agent(helping), "hello");
    expect(frames.at(-1)?.event).toBe("RunCompleted");
    expect(frames.find(({ event }) => event === "FollowupsCompleted")).toMatchObject({ followups: [] });
    await summarizeSession(world.everyone, runOf(frames).runId);
    expect(await getSessionSummary(world.scope, runOf(frames).sessionId)).toBeNull();
    expect(await ledger()).toHaveLength(1);
    await updateBudget(world.everyone, id, { limit_usd: 1 });
    await summarizeSession(world.everyone, runOf(frames).runId);
    expect(await getSessionSummary(world.scope, runOf(frames).sessionId)).not.toBeNull();
    expect((await ledger()).map(({ status }) => status)).toEqual(["settled", "settled"]);
  });
});

const ANSWERS = ["grant", "grant more", "refuse", "expire", "cancel"] as const;
const PROCESSES = ["same process", "restarted process"] as const;
const TABLE = ANSWERS.flatMap((answer) => PROCESSES.map((where) => ({ answer, where })));

describe("a run that waits for money, answered", () => {
  it.each(TABLE)("$answer x $where", async ({ answer, where }) => {
    await budget({});
    const frames = await askAgent(world.ann, await agent(), "hello");
    const run = runOf(frames);
    const pausedAt = Number(frames.at(-1)?.event_index);
    const id = asked(frames).approval_id ?? "";
    const restart = async () => {
      if (where === "restarted process") await world.restart();
    };
    await restart();
    switch (answer) {
      case "grant":
        await resolveApproval(boss(), id, { status: "approved" });
        break;
      case "grant more":
        await resolveApproval(boss(), id, { status: "approved", resolution_data: { amount_usd: 1 } });
        break;
      case "refuse":
        await resolveApproval(boss(), id, {
          status: "rejected",
          resolution_data: { note: "not this month" },
        });
        break;
      case "expire":
        await world.db.pool.query(
          `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second' WHERE "rootRunId" = $1`,
          [run.runId],
        );
        expect(await expireRequirements(50)).toBe(1);
        break;
      case "cancel":
        await cancelRun(world.scope, run.runId, run.sessionId);
    }
    await restart();
    if (answer !== "cancel") await driveRun(world.everyone, run.runId);

    const events = await readRunEvents(world.everyone, run.runId, pausedAt, 1_000);
    const names = events.map(({ body }) => body.type).filter((type) => /^Run(?!Content)|^Model/.test(type));
    const row = await getRun(world.everyone, run.runId);
    const [requirement] = await listRunRequirements(world.scope, run.runId);
    await world.expectWhole(frames);
    switch (answer) {
      case "grant":
      case "grant more": {
        expect(names).toEqual([
          "RunContinued",
          "ModelRequestStarted",
          "ModelRequestCompleted",
          "RunCompleted",
        ]);
        expect(row).toMatchObject({ status: "COMPLETED" });
        expect(requirement).toMatchObject({ status: "settled", outcome: "approved" });
        const [entry, ...more] = await ledger();
        expect(more).toEqual([]);
        expect(entry).toMatchObject({ status: "settled", settled: row?.costMicroUsd });
        return;
      }
      case "refuse":
        expect(names).toEqual(["RunContinued", "RunError"]);
        expect(row).toMatchObject({
          status: "ERROR",
          errorType: "budget_refused",
          errorMessage: "The run was refused more money: not this month. Raise the budget, or ask for less.",
        });
        break;
      case "expire":
        expect(names).toEqual(["RunContinued", "RunError"]);
        expect(row).toMatchObject({ status: "ERROR", errorType: "budget_expired" });
        expect(requirement).toMatchObject({ status: "expired" });
        break;
      case "cancel":
        expect(names).toEqual(["RunCancelled", "RunCompleted"]);
        expect(row).toMatchObject({ status: "CANCELLED" });
        expect(requirement).toMatchObject({ status: "cancelled" });
    }
    expect(await ledger()).toEqual([]);
    expect((await refusal(resolveApproval(boss(), id, { status: "approved" })))[0]).toBe(409);
  });
});

describe("a paid tool under a budget", () => {
  const tools = new PerilousTools();
  beforeEach(async () => {
    await world.restart(() => {
      tools.register(["search"]);
      const registry = processSingleton("tool-registry", () => new Map<string, Tool>());
      const search = registry.get("search");
      if (search !== undefined) registry.set("search", { ...search, costMicroUsd: 1_000_000 });
    });
  });

  it("waits before it is called, and is called once when it is granted, by another process, too", async () => {
    await budget({ limit_usd: 0.5 });
    const frames = await askAgent(
      world.ann,
      await agent({ tools: ["search"] }),
      '/tool search {"text":"milk"}',
    );
    expect(frames.at(-1)?.event).toBe("RunPaused");
    expect(asked(frames).tool_args).toMatchObject({ needed_for: "search" });
    expect(tools.done.size).toBe(0);
    await resolveApproval(boss(), asked(frames).approval_id ?? "", {
      status: "approved",
      resolution_data: { amount_usd: 5 },
    });
    await driveRun(world.everyone, runOf(frames).runId);
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({ status: "COMPLETED" });
    expect([...tools.done.values()]).toEqual([1]);
    expect((await ledger()).map(({ name, status }) => `${name} ${status}`)).toEqual([
      "demo-1 settled",
      "search settled",
      "demo-1 settled",
    ]);
  });

  it("that hangs when its process dies counts as spent, and whoever goes on sees it", async () => {
    const id = await budget({ limit_usd: 5 });
    tools.manners = [{ does: false, ending: "hangs" }];
    const asking = askAgent(
      world.ann,
      await agent({ tools: ["search"] }),
      '/tool search {"text":"milk"}',
    ).catch(() => []);
    await tools.hangs();
    const before = await getBudget(world.everyone, id);
    expect(before.usage?.reserved_usd).toBe(1);
    tools.die();
    await world.restart(() => tools.register(["search"]));
    const { rows } = await world.db.pool.query<{ id: string }>(
      `UPDATE "Run" SET "driverBootId" = NULL WHERE "organizationId" = $1 RETURNING id`,
      [world.scope.organizationId],
    );
    await driveRun(world.everyone, rows[0]?.id ?? "");
    const after = await getBudget(world.everyone, id);
    expect(after.usage?.reserved_usd).toBe(0);
    expect(after.usage?.spent_usd).toBeGreaterThanOrEqual(1);
    expect(await ledger()).toContainEqual({
      name: "search",
      status: "dead",
      reserved: 1_000_000,
      settled: 1_000_000,
    });
    void asking;
  });
});
