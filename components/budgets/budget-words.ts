import type { Budget } from "#lib/core/budget.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import { microUsdOf } from "#lib/core/micro-usd.ts";

const PERIOD_WORDS = { run: "a run", day: "a day", month: "a month" } as const;

/** Names of agents and people, by id. */
export interface BudgetNames {
  agents: Readonly<Record<string, string>>;
  users: Readonly<Record<string, string>>;
}

/** US dollars in our format. */
function usdWords(usd: number): string {
  return formatMoney(microUsdOf(usd));
}

/** "$5.00 a day for all runs of Support". */
export function budgetLine(budget: Budget, names: BudgetNames): string {
  return `${usdWords(budget.limit_usd)} ${PERIOD_WORDS[budget.period]} ${whose(budget, names)}`;
}

function whose({ applies_to: appliesTo, agent_id, user_id, period }: Budget, names: BudgetNames): string {
  const each = period === "run" ? "each run" : "all runs";
  switch (appliesTo) {
    case "organization":
      return period === "run" ? "for each run" : "for all runs together";
    case "agent":
      return `for ${each} of ${names.agents[agent_id ?? ""] ?? agent_id ?? ""}`;
    case "user":
      return `for ${each} of ${names.users[user_id ?? ""] ?? user_id ?? ""}`;
    case "each_user":
      return period === "run" ? "for each run of a user" : "for each user";
  }
}

/** "$4.10 of $5.00 spent, $0.020 set aside". */
export function usageWords({ limit_usd: limit, usage }: Budget): string {
  if (usage === null) return "Counted anew for each run.";
  const allowed =
    usage.granted_usd > 0
      ? `${usdWords(limit + usage.granted_usd)} (${usdWords(usage.granted_usd)} granted)`
      : usdWords(limit);
  const reserved = usage.reserved_usd > 0 ? `, ${usdWords(usage.reserved_usd)} set aside` : "";
  return `${usdWords(usage.spent_usd)} of ${allowed} spent${reserved}`;
}
