import { deleteBudgetContract, getBudgetContract, updateBudgetContract } from "#lib/api/contracts/budget.ts";
import { route } from "#lib/api/route.ts";
import { deleteBudget } from "#lib/server/delete-budget.ts";
import { getBudget } from "#lib/server/get-budget.ts";
import { updateBudget } from "#lib/server/update-budget.ts";

export const GET = route(getBudgetContract, ({ scope, params }) => getBudget(scope, params.budget_id));

export const PATCH = route(updateBudgetContract, ({ scope, params, body }) =>
  updateBudget(scope, params.budget_id, body),
);

export const DELETE = route(deleteBudgetContract, async ({ scope, params }) => {
  await deleteBudget(scope, params.budget_id);
  return { status: 204, body: null };
});
