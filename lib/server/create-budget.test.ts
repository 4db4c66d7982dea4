import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createBudgetSchema } from "#lib/core/budget.ts";
import { createComponentSchema } from "#lib/core/component.ts";
import { pauseWorld, refusal } from "#tests/support/pause-world.ts";
import { askAgent } from "#tests/support/pausing-agent.ts";
import { createBudget } from "./create-budget.ts";
import { createComponent } from "./create-component.ts";
import { deleteBudget } from "./delete-budget.ts";
import { listBudgets } from "./list-budgets.ts";

const world = pauseWorld({ SCRIPTED_USD_PER_MILLION_TOKENS: "1" });

/** Budgets of other users, which stand before any that is made here. */
async function othersHave(count: number): Promise<void> {
  await world.db.pool.query(
    `INSERT INTO "Budget" ("organizationId", id, name, enabled, "appliesTo", "userId", period, "limitMicroUsd")
     SELECT $1, 'a' || n, 'Budget ' || n, true, 'user', 'user ' || n, 'day', 1 FROM generate_series(1, $2) n`,
    [world.scope.organizationId, count],
  );
}

function budget(name: string) {
  const limit = { applies_to: "user", user_id: "ann", period: "day", limit_usd: 0.000_1 };
  return createBudget(world.everyone, createBudgetSchema.parse({ name, ...limit }));
}

async function pricedAgent(): Promise<string> {
  const component = await createComponent(
    world.everyone,
    createComponentSchema.parse({
      component_type: "agent",
      name: `Paid ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, max_output_tokens: 100 },
    }),
  );
  return component.component_id;
}

it("a budget counts however many there are before it, and is in the list", async () => {
  await othersHave(1_200);
  await budget("Z of Ann");
  const frames = await askAgent(world.ann, await pricedAgent(), "hello");
  expect(frames.at(-1)?.event).toBe("RunPaused");
  expect((await listBudgets(world.everyone)).map(({ name }) => name)).toContain("Z of Ann");
});

it("more than 10,000 are refused in words, and not taken for a name that is taken", async () => {
  await othersHave(9_999);
  await budget("The last");
  expect(await refusal(budget("One more"))).toEqual([
    409,
    "An organization has 10,000 budgets at most. Delete one that is not needed",
  ]);
  await deleteBudget(world.everyone, "a1");
  expect(await refusal(budget("The last"))).toEqual([409, "There is a budget named 'The last' already"]);
  expect(await budget("One more")).toMatchObject({ name: "One more" });
});
