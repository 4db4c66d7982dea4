import { describe, expect, it } from "vitest";
import { type BudgetRule, capsOfRun, type PaidRun } from "./caps-of-run.ts";

const NOON = Date.UTC(2026, 10, 25, 12);
const run: PaidRun = {
  rootRunId: "r1",
  componentId: "support",
  componentName: "Support",
  subject: "ann",
  costLimitUsd: undefined,
};

function rule(id: string, changes: Partial<BudgetRule>): BudgetRule {
  return {
    id,
    name: id,
    appliesTo: "organization",
    agentId: null,
    userId: null,
    period: "day",
    limitMicroUsd: 1_000_000,
    expiresAfterSeconds: null,
    ...changes,
  };
}

const counters = (rules: BudgetRule[], changes: Partial<PaidRun> = {}) =>
  capsOfRun(rules, { ...run, ...changes }, NOON).map(({ counterId }) => counterId);

describe("the caps of a run", () => {
  it("are none where there is no budget and no limit: always the same, so that nothing is made for it", () => {
    expect(capsOfRun([], run, NOON)).toBe(capsOfRun([], run, NOON));
  });

  it.each([
    ["all", rule("all", {}), "all/2026-11-25"],
    ["a month", rule("m", { period: "month" }), "m/2026-11"],
    ["each run", rule("r", { period: "run" }), "r/run/r1"],
    ["its agent", rule("a", { appliesTo: "agent", agentId: "support" }), "a/2026-11-25"],
    ["its user", rule("u", { appliesTo: "user", userId: "ann" }), "u/2026-11-25"],
    ["each user", rule("e", { appliesTo: "each_user" }), "e/2026-11-25/ann"],
    ["each run of a user", rule("e", { appliesTo: "each_user", period: "run" }), "e/run/r1"],
  ])("count for %s", (_name, one, counter) => {
    expect(counters([one])).toEqual([counter]);
  });

  it("leave out those of others, and those of users where the run is nobody's", () => {
    expect(
      counters([
        rule("a", { appliesTo: "agent", agentId: "sales" }),
        rule("u", { appliesTo: "user", userId: "bob" }),
      ]),
    ).toEqual([]);
    const nobody = { subject: null };
    expect(
      counters(
        [rule("u", { appliesTo: "user", userId: "ann" }), rule("e", { appliesTo: "each_user" })],
        nobody,
      ),
    ).toEqual([]);
  });

  it("take a user's own budget for the one of each user of the same period, and no other", () => {
    const rules = [
      rule("each", { appliesTo: "each_user" }),
      rule("each-month", { appliesTo: "each_user", period: "month" }),
      rule("own", { appliesTo: "user", userId: "ann" }),
    ];
    expect(counters(rules)).toEqual(["each-month/2026-11/ann", "own/2026-11-25"]);
    expect(counters(rules, { subject: "bob" })).toEqual(["each/2026-11-25/bob", "each-month/2026-11/bob"]);
  });

  it("have the limit of the agent's definition first, for this run alone", () => {
    expect(capsOfRun([rule("all", {})], { ...run, costLimitUsd: 0.25 }, NOON)).toMatchObject([
      { counterId: "run-limit/r1", budgetId: null, name: "Limit of Support", limitMicroUsd: 250_000 },
      { counterId: "all/2026-11-25" },
    ]);
  });
});
