import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type BudgetRecord, findBudget } from "#lib/db/budgets.ts";

/** One budget of the caller's organization. Throws not_found. */
export async function requireBudget(scope: Scope, id: string): Promise<BudgetRecord> {
  const record = await findBudget(scope, id);
  if (record === null) throw new AppError("not_found", "Budget not found");
  return record;
}
