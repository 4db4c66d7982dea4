import type { Budget } from "#lib/core/budget.ts";
import type { Scope } from "#lib/core/scope.ts";
import { budgetOnWire } from "./budget-on-wire.ts";
import { presentBudgetUses } from "./present-budget-uses.ts";
import { requireBudget } from "./require-budget.ts";

/** One budget with how it stands in its present period. Throws not_found. */
export async function getBudget(scope: Scope, id: string): Promise<Budget> {
  const nowMs = Date.now();
  const [record, uses] = await Promise.all([requireBudget(scope, id), presentBudgetUses(scope, nowMs)]);
  return budgetOnWire(record, uses, nowMs);
}
