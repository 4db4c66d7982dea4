import type { BudgetAppliesTo, BudgetPeriod } from "./budget.ts";
import { budgetWindow } from "./budget-window.ts";
import { microUsdOf } from "./micro-usd.ts";
import type { Cap } from "./spending.ts";

/** A budget as far as it counts for runs. */
export interface BudgetRule {
  id: string;
  name: string;
  appliesTo: BudgetAppliesTo;
  agentId: string | null;
  userId: string | null;
  period: BudgetPeriod;
  limitMicroUsd: number;
  expiresAfterSeconds: number | null;
}

/** The run that is to be paid for. */
export interface PaidRun {
  rootRunId: string;
  componentId: string;
  componentName: string;
  /** Null: nobody in particular, whom no user's budget counts for. */
  subject: string | null;
  /** The limit of the agent's definition, in US dollars. */
  costLimitUsd: number | undefined;
}

const NO_CAPS: readonly Cap[] = [];

/** How long a run waits for more than its agent's definition allows it. */
const RUN_LIMIT_EXPIRES_AFTER_SECONDS = 86_400;

/**
 * The caps that count for a run at a moment, in milliseconds since the epoch. A user's own budget takes the place of the
 * one for each user of the same period.
 */
export function capsOfRun(rules: readonly BudgetRule[], run: PaidRun, nowMs: number): readonly Cap[] {
  if (rules.length === 0 && run.costLimitUsd === undefined) return NO_CAPS;
  const own = rules.filter((rule) => rule.appliesTo === "user" && rule.userId === run.subject);
  const counting = rules.filter((rule) => {
    switch (rule.appliesTo) {
      case "organization":
        return true;
      case "agent":
        return rule.agentId === run.componentId;
      case "user":
        return rule.userId === run.subject;
      case "each_user":
        return run.subject !== null && !own.some(({ period }) => period === rule.period);
    }
  });
  const caps = counting.map((rule): Cap => {
    const window = rule.period === "run" ? null : budgetWindow(rule.period, nowMs).key;
    const subject = rule.appliesTo === "each_user" ? run.subject : null;
    const place = window === null ? `run/${run.rootRunId}` : window;
    return {
      counterId: `${rule.id}/${place}${window !== null && subject !== null ? `/${subject}` : ""}`,
      budgetId: rule.id,
      name: rule.name,
      period: rule.period,
      window,
      subject,
      limitMicroUsd: rule.limitMicroUsd,
      expiresAfterSeconds: rule.expiresAfterSeconds,
    };
  });
  if (run.costLimitUsd === undefined) return caps;
  const limit: Cap = {
    counterId: `run-limit/${run.rootRunId}`,
    budgetId: null,
    name: `Limit of ${run.componentName}`,
    period: "run",
    window: null,
    subject: null,
    limitMicroUsd: microUsdOf(run.costLimitUsd),
    expiresAfterSeconds: RUN_LIMIT_EXPIRES_AFTER_SECONDS,
  };
  return [limit, ...caps];
}
