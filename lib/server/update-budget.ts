import { AppError } from "#lib/core/app-error.ts";
import type { Budget, UpdateBudget } from "#lib/core/budget.ts";
import type { Scope } from "#lib/core/scope.ts";
import { updateBudget as storeBudget } from "#lib/db/budgets.ts";
import { budgetDefinition } from "./budget-definition.ts";
import { budgetOnWire } from "./budget-on-wire.ts";
import { forgetBudgetRules } from "./budget-rules.ts";
import { getBudget } from "./get-budget.ts";
import { requireBudget } from "./require-budget.ts";

/**
 * Changes a budget; what is absent stays, and so does what was used of it. Throws not_found, invalid (whose it is) and
 * conflict (the name is taken, or somebody else was faster).
 */
export async function updateBudget(scope: Scope, id: string, input: UpdateBudget): Promise<Budget> {
  const current = await requireBudget(scope, id);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const definition = budgetDefinition({ ...budgetOnWire(current, [], Date.now()), ...given });
  const record = await storeBudget(scope, id, current.revision, definition);
  if (record === null) {
    throw new AppError("conflict", "Somebody else changed this budget meanwhile. Load it again.");
  }
  forgetBudgetRules(scope);
  return getBudget(scope, id);
}
