import { randomUUID } from "node:crypto";
import { capsOfRun, type PaidRun } from "#lib/core/caps-of-run.ts";
import { prefixedId } from "#lib/core/ids.ts";
import type { RunIdentity, RunLease } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { endSpending } from "#lib/db/end-spending.ts";
import { reserveSpending } from "#lib/db/reserve-spending.ts";
import type { BudgetPort } from "#lib/runtime/ports.ts";
import { budgetRules } from "./budget-rules.ts";
import { logBudgetWarnings } from "./log-budget-warnings.ts";

/** A run that is driven, as far as its money goes. */
interface BudgetedRun {
  /** Its subject's. */
  scope: Scope;
  run: RunIdentity;
  lease: RunLease;
  /** The limit of the agent's definition, in US dollars. */
  costLimitUsd: number | undefined;
}

/** The budgets of a run: the organization's that count for it, and the limit of its agent's definition. */
export function runBudget({ scope, run, lease, costLimitUsd }: BudgetedRun): BudgetPort {
  const paid: PaidRun = {
    rootRunId: lease.rootRunId,
    componentId: run.componentId,
    componentName: run.componentName,
    subject: scope.subject,
    costLimitUsd,
  };
  return {
    async caps() {
      return capsOfRun(await budgetRules(scope), paid, Date.now());
    },
    async reserve(caps, ask) {
      const id = prefixedId("spending", randomUUID());
      const outcome = await reserveSpending(scope, { ...ask, id, lease, run, caps });
      return outcome.kind === "reserved" ? { kind: "reserved", id } : outcome;
    },
    async end(id, end) {
      logBudgetWarnings(await endSpending(scope, id, end));
    },
  };
}
