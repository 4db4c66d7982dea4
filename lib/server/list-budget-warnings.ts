import { type Budget, BUDGET_WARNING_RATIO } from "#lib/core/budget.ts";
import { isAdministrator, type Principal, scopeOf } from "#lib/core/principal.ts";
import { listBudgets } from "./list-budgets.ts";

/** The budgets that are on and of which most is spent, the fullest first; nothing for who may not see budgets. */
export async function listBudgetWarnings(principal: Principal): Promise<Budget[]> {
  if (!isAdministrator(principal)) return [];
  const budgets = await listBudgets(scopeOf(principal));
  return budgets
    .filter(({ enabled, usage }) => enabled && usage !== null && usage.used_ratio >= BUDGET_WARNING_RATIO)
    .toSorted((one, other) => (other.usage?.used_ratio ?? 0) - (one.usage?.used_ratio ?? 0));
}
