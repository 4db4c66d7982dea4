import { createBudgetContract, listBudgetsContract } from "#lib/api/contracts/budget.ts";
import { route } from "#lib/api/route.ts";
import { createBudget } from "#lib/server/create-budget.ts";
import { listBudgets } from "#lib/server/list-budgets.ts";

export const GET = route(listBudgetsContract, ({ scope }) => listBudgets(scope));

export const POST = route(createBudgetContract, async ({ scope, body }) => ({
  status: 201,
  body: await createBudget(scope, body),
}));
