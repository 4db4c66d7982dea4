import { expect, it } from "vitest";
import { budgetWindow } from "./budget-window.ts";

it("a day and a month are those of UTC, to their last millisecond", () => {
  const last = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
  expect(budgetWindow("day", last)).toEqual({
    key: "2026-12-31",
    startMs: Date.UTC(2026, 11, 31),
    endMs: Date.UTC(2027, 0, 1),
  });
  expect(budgetWindow("month", last)).toEqual({
    key: "2026-12",
    startMs: Date.UTC(2026, 11, 1),
    endMs: Date.UTC(2027, 0, 1),
  });
  expect(budgetWindow("day", last + 1).key).toBe("2027-01-01");
  expect(budgetWindow("month", last + 1).key).toBe("2027-01");
});
