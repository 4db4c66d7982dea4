import type { BudgetRule } from "#lib/core/caps-of-run.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listBudgetRules } from "#lib/db/budgets.ts";

/** A budget that is made on another replica counts here after this long; one that is made here counts at once. */
const KEPT_MS = 1_000;
const MOST_ORGANIZATIONS = 1_000;

interface KnownRules {
  readAtMs: number;
  rules: Promise<readonly BudgetRule[]>;
}

const knownRules = () => processSingleton("budget-rules", () => new Map<string, KnownRules>());

/**
 * The organization's budgets that are on: read once a second at most, so that runs without any are not held up. What
 * one allows is read anew with every call that comes under it.
 */
export function budgetRules(scope: Scope): Promise<readonly BudgetRule[]> {
  const known = knownRules();
  const nowMs = performance.now();
  const last = known.get(scope.organizationId);
  if (last !== undefined && nowMs - last.readAtMs < KEPT_MS) return last.rules;
  const rules = listBudgetRules(scope);
  if (known.size >= MOST_ORGANIZATIONS) known.clear();
  known.set(scope.organizationId, { readAtMs: nowMs, rules });
  // Whoever asks next reads again.
  rules.catch(() => known.delete(scope.organizationId));
  return rules;
}

/** Forgets what is known of an organization's budgets: somebody has changed them. */
export function forgetBudgetRules(scope: Scope): void {
  knownRules().delete(scope.organizationId);
}
