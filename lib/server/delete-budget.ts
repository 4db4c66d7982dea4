import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { deleteBudget as removeBudget } from "#lib/db/budgets.ts";
import { forgetBudgetRules } from "./budget-rules.ts";

/** Deletes a budget; a run that waits for money under it goes on as soon as it is granted any. Throws not_found. */
export async function deleteBudget(scope: Scope, id: string): Promise<void> {
  if (!(await removeBudget(scope, id))) throw new AppError("not_found", "Budget not found");
  forgetBudgetRules(scope);
}
