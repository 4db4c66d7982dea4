import { describe, expect, it } from "vitest";
import { createBudgetSchema } from "#lib/core/budget.ts";
import { createComponentSchema } from "#lib/core/component.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun } from "#lib/db/runs.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { askAgent, caller, heldCalls, namesOf, runOf } from "#tests/support/pausing-agent.ts";
import { createBudget } from "./create-budget.ts";
import { createComponent } from "./create-component.ts";
import { driveRun } from "./drive-run.ts";
import { resolveApproval } from "./resolve-approval.ts";
import { updateBudget } from "./update-budget.ts";

// A dollar a million tokens: each token costs a millionth.
const world = pauseWorld({ SCRIPTED_USD_PER_MILLION_TOKENS: "1" });
const MODEL = { provider: "scripted", id: "demo-1" };
const LITTLE = 0.000_1;

async function agent(config: object): Promise<string> {
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Paid ${crypto.randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: MODEL, max_output_tokens: 100, ...config },
    }),
  );
  return component.component_id;
}

const boss = () =>
  caller({ ...world.scope, subject: "boss" }, { scopes: ["approvals:write", "budgets:write"] });

function asked(frames: readonly ReceivedFrame[]): ToolExecution {
  const [held] = heldCalls(frames);
  if (held === undefined) throw new Error("The run asks for nothing.");
  return held;
}

async function ledger(): Promise<string[]> {
  const { rows } = await world.db.pool.query<{ status: string }>(
    `SELECT status FROM "Spending" WHERE "organizationId" = $1 ORDER BY "createdAt", id`,
    [world.scope.organizationId],
  );
  return rows.map(({ status }) => status);
}

/** A run for whose own model alone there is money: the one that comes after it has to wait. */
async function shortOfTheNext(config: object, message: string): Promise<ReceivedFrame[]> {
  const agentId = await agent(config);
  const budget = createBudgetSchema.parse({
    name: "Team",
    applies_to: "organization",
    period: "day",
    limit_usd: LITTLE,
  });
  const { id } = await createBudget(world.everyone, budget);
  const tight = await askAgent(world.ann, agentId, message);
  const own = Number(asked(tight).tool_args["amount_usd"]);
  await updateBudget(world.everyone, id, { limit_usd: LITTLE + own });
  return askAgent(world.ann, agentId, message);
}

async function eventsAfter(frames: readonly ReceivedFrame[]) {
  const pausedAt = Number(frames.at(-1)?.event_index);
  const events = await readRunEvents(world.everyone, runOf(frames).runId, pausedAt, 1_000);
  const names = events.map(({ body }) => body.type);
  return names.filter((name, at) => name !== names[at - 1]);
}

const SCHEMA = { title: "Said", type: "object", properties: { text: { type: "string" } } };
const OTHERS = [
  {
    other: "output model",
    config: { output_model: MODEL },
    events: ["OutputModelResponseStarted", "RunContent", "OutputModelResponseCompleted"],
  },
  {
    other: "parser model",
    config: { parser_model: MODEL, output_schema: SCHEMA },
    events: ["ParserModelResponseStarted", "ParserModelResponseCompleted"],
  },
];
const PROCESSES = ["same process", "restarted process"] as const;
const TABLE = OTHERS.flatMap((one) => PROCESSES.map((where) => ({ ...one, where })));

describe("a run that waits for money for another model than its own", () => {
  it.each(TABLE)("goes on with the $other alone once it is granted, in the $where", async (row) => {
    const restart = async () => {
      if (row.where === "restarted process") await world.restart();
    };
    const frames = await shortOfTheNext(row.config, "hello");
    expect(namesOf(frames).slice(-3)).toEqual(["ModelRequestCompleted", "RunContentCompleted", "RunPaused"]);
    expect(await ledger()).toEqual(["settled"]);
    await restart();
    await resolveApproval(boss(), asked(frames).approval_id ?? "", { status: "approved" });
    await restart();
    await driveRun(world.everyone, runOf(frames).runId);
    expect(await eventsAfter(frames)).toEqual([
      "RunContinued",
      ...row.events,
      "RunContentCompleted",
      "RunCompleted",
    ]);
    expect(await ledger()).toEqual(["settled", "settled"]);
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({ status: "COMPLETED" });
    await world.expectWhole(frames);
  });

  it.each(OTHERS)("ends with budget_refused without its $other, and nothing more is paid", async (row) => {
    const frames = await shortOfTheNext(row.config, "hello");
    await resolveApproval(boss(), asked(frames).approval_id ?? "", { status: "rejected" });
    await driveRun(world.everyone, runOf(frames).runId);
    expect(await eventsAfter(frames)).toEqual(["RunContinued", "RunError"]);
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({
      status: "ERROR",
      errorType: "budget_refused",
    });
    expect(await ledger()).toEqual(["settled"]);
  });
});
