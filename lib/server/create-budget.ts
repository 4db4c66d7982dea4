import { randomUUID } from "node:crypto";
import type { Budget, CreateBudget } from "#lib/core/budget.ts";
import { prefixedId } from "#lib/core/ids.ts";
import type { Scope } from "#lib/core/scope.ts";
import { insertBudget } from "#lib/db/budgets.ts";
import { budgetDefinition } from "./budget-definition.ts";
import { budgetOnWire } from "./budget-on-wire.ts";
import { forgetBudgetRules } from "./budget-rules.ts";

/** Stores a budget; it counts what is called from now on. Throws invalid (whose it is) and conflict (name, too many). */
export async function createBudget(scope: Scope, input: CreateBudget): Promise<Budget> {
  const record = await insertBudget(scope, prefixedId("budget", randomUUID()), budgetDefinition(input));
  forgetBudgetRules(scope);
  return budgetOnWire(record, [], Date.now());
}
