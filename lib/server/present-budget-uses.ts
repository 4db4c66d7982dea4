import { budgetWindow } from "#lib/core/budget-window.ts";
import type { Scope } from "#lib/core/scope.ts";
import { type BudgetUseRecord, listBudgetUses } from "#lib/db/budget-uses.ts";

/** What was used of the organization's budgets on the day and in the month of `nowMs`. */
export function presentBudgetUses(scope: Scope, nowMs: number): Promise<BudgetUseRecord[]> {
  return listBudgetUses(scope, [budgetWindow("day", nowMs).key, budgetWindow("month", nowMs).key]);
}
