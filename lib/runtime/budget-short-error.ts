import type { CapState, SpendingAsk } from "../core/spending.ts";

/** A call that is not made because its worst case does not fit a budget: the run waits for somebody to grant it more. */
export class BudgetShortError extends Error {
  readonly ask: SpendingAsk;
  readonly caps: readonly CapState[];

  constructor(ask: SpendingAsk, caps: readonly CapState[]) {
    super(`The budget has no room for a call of ${ask.name}.`);
    this.name = "BudgetShortError";
    this.ask = ask;
    this.caps = caps;
  }
}
