import { expect, it } from "vitest";
import { budgetRequestOf, budgetSentence } from "./budget-request.ts";

const team = {
  counter_id: "bud_1/2026-11-25",
  name: "Team",
  period: "day",
  limit_usd: 5,
  granted_usd: 0,
  spent_usd: 4.95,
  reserved_usd: 0,
} as const;

it("says how much is needed, of which budget, and how that stands", () => {
  const request = budgetRequestOf({ amount_usd: 0.12, needed_for: "gpt-4o", budgets: [team] });
  if (request === null) throw new Error("It is one.");
  expect(budgetSentence(request)).toBe(
    "This run needs $0.120 more: “Team” allows $5.00 a day, of which $4.95 is spent.",
  );
  const run = { ...team, name: "Limit of Desk", period: "run", granted_usd: 1, reserved_usd: 0.5 } as const;
  expect(budgetSentence({ ...request, budgets: [run] })).toBe(
    "This run needs $0.120 more: “Limit of Desk” allows $5.00 a run and $1.00 granted, of which $4.95 is spent and $0.500 set aside.",
  );
});

it("takes nothing else for one", () => {
  expect(budgetRequestOf({ text: "milk" })).toBeNull();
  expect(budgetRequestOf({ amount_usd: -1, needed_for: "x", budgets: [] })).toBeNull();
});
