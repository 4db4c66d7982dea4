import { expect, it } from "vitest";
import type { Budget } from "#lib/core/budget.ts";
import { budgetFormSchema, budgetFormValues } from "./budget-form-schema.ts";

const budget: Budget = {
  id: "bud_1",
  name: "Support",
  enabled: true,
  applies_to: "agent",
  agent_id: "support",
  user_id: null,
  period: "day",
  limit_usd: 2.5,
  expires_after_seconds: 5_400,
  usage: null,
  created_at: 0,
  updated_at: null,
};

it("a budget that is opened and saved is the same", () => {
  const { id: _id, usage: _usage, created_at: _created, updated_at: _updated, ...body } = budget;
  expect(budgetFormSchema.parse(budgetFormValues(budget))).toEqual(body);
});

it("whom it was for does not stay when it is for all", () => {
  const values = { ...budgetFormValues(budget), applies_to: "organization" as const };
  expect(budgetFormSchema.parse(values)).toMatchObject({ agent_id: null, user_id: null });
});

it("says at the control what is wrong", () => {
  const values = {
    ...budgetFormValues(null),
    applies_to: "user" as const,
    limit_usd: "ten",
    expires_hours: "0",
  };
  const issues = budgetFormSchema.safeParse(values).error?.issues ?? [];
  expect(issues.map(({ path, message }) => [path[0], message])).toEqual([
    ["user_id", "Pick a user."],
    ["name", "Fill this in."],
    ["limit_usd", "From $0.000001 to $1,000,000, as a number: 25 or 0.5."],
    ["expires_hours", "From a minute to a year, in hours."],
  ]);
});
