import { expect, it } from "vitest";
import type { Budget } from "#lib/core/budget.ts";
import { budgetLine, usageWords } from "./budget-words.ts";

const names = { agents: { support: "Support" }, users: { ann: "Ann" } };
const usage = {
  spent_usd: 4.1,
  reserved_usd: 0,
  granted_usd: 0,
  used_ratio: 0.82,
  user_id: null,
  period_start: 0,
  period_end: 86_400,
};
const budget: Budget = {
  id: "bud_1",
  name: "Team",
  enabled: true,
  applies_to: "organization",
  agent_id: null,
  user_id: null,
  period: "day",
  limit_usd: 5,
  expires_after_seconds: null,
  usage,
  created_at: 0,
  updated_at: null,
};

it.each([
  [{}, "$5.00 a day for all runs together"],
  [{ period: "run" }, "$5.00 a run for each run"],
  [{ applies_to: "agent", agent_id: "support" }, "$5.00 a day for all runs of Support"],
  [{ applies_to: "agent", agent_id: "gone", period: "run" }, "$5.00 a run for each run of gone"],
  [{ applies_to: "user", user_id: "ann", period: "month" }, "$5.00 a month for all runs of Ann"],
  [{ applies_to: "each_user" }, "$5.00 a day for each user"],
] as const)("%j: what it allows", (changes, line) => {
  expect(budgetLine({ ...budget, ...changes }, names)).toBe(line);
});

it("says how it stands", () => {
  expect(usageWords(budget)).toBe("$4.10 of $5.00 spent");
  expect(usageWords({ ...budget, usage: { ...usage, granted_usd: 1, reserved_usd: 0.02 } })).toBe(
    "$4.10 of $6.00 ($1.00 granted) spent, $0.020 set aside",
  );
  expect(usageWords({ ...budget, usage: null })).toBe("Counted anew for each run.");
});
