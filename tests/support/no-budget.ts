import type { BudgetPort } from "#lib/runtime/ports.ts";

/** Nothing limits what a run may cost. */
export const NO_BUDGET: BudgetPort = {
  caps: () => Promise.resolve([]),
  reserve: () => Promise.reject(new Error("There is no budget to set money aside from.")),
  end: () => Promise.resolve(),
};
