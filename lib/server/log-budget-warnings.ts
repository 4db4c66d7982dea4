import { BUDGET_WARNING_RATIO } from "#lib/core/budget.ts";
import type { BudgetWarning } from "#lib/db/end-spending.ts";
import { log } from "./log.ts";

/** Says in the log which budgets are nearly spent; the audit trail has it already. */
export function logBudgetWarnings(warnings: readonly BudgetWarning[]): void {
  for (const { organizationId, budgetId, name, window } of warnings) {
    const percent = BUDGET_WARNING_RATIO * 100;
    log("info", `${percent} % of a budget is spent.`, { organizationId, budgetId, name, window });
  }
}
