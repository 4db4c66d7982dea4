import type { Budget } from "#lib/core/budget.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listBudgets as readBudgets } from "#lib/db/budgets.ts";
import { budgetOnWire } from "./budget-on-wire.ts";
import { presentBudgetUses } from "./present-budget-uses.ts";

/** The organization's budgets by name, each with how it stands in its present period. */
export async function listBudgets(scope: Scope): Promise<Budget[]> {
  const nowMs = Date.now();
  const [records, uses] = await Promise.all([readBudgets(scope), presentBudgetUses(scope, nowMs)]);
  return records.map((record) => budgetOnWire(record, uses, nowMs));
}
