import type { Cap, SpendingAsk } from "../core/spending.ts";
import { untilAborted } from "./abort-race.ts";
import { BudgetShortError } from "./budget-short-error.ts";
import type { BudgetPort } from "./ports.ts";

/** Money that is set aside for one call. It ends once; whatever is said of its end after that is not heard. */
export class Reservation {
  readonly #budget: BudgetPort;
  readonly #id: string;
  readonly amountMicroUsd: number;
  #isBegun = false;
  #hasEnded = false;

  constructor(budget: BudgetPort, id: string, amountMicroUsd: number) {
    this.#budget = budget;
    this.#id = id;
    this.amountMicroUsd = amountMicroUsd;
  }

  /** The call is about to be made: from here on it may cost something. */
  begin(): void {
    this.#isBegun = true;
  }

  /** The call has come back and cost so much; nothing when it was never begun. */
  async settle(costMicroUsd: number): Promise<void> {
    await this.#end({ status: "settled", costMicroUsd: this.#isBegun ? costMicroUsd : 0 });
  }

  /** Nobody waits for the call any more: all of it counts as spent, unless it was never begun. */
  async die(): Promise<void> {
    await this.#end(this.#isBegun ? { status: "dead" } : { status: "settled", costMicroUsd: 0 });
  }

  async #end(end: Parameters<BudgetPort["end"]>[1]): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#budget.end(this.#id, end);
  }
}

/**
 * Sets the worst case of a call aside under all caps at once. Throws BudgetShortError when one of them has no room, and
 * the signal's reason when the run is to stop; then nothing stays set aside.
 */
export async function reserveMoney(
  budget: BudgetPort,
  caps: readonly Cap[],
  ask: SpendingAsk,
  signal: AbortSignal,
): Promise<Reservation> {
  const asked = budget.reserve(caps, ask);
  try {
    const result = await untilAborted(asked, signal);
    if (result.kind === "reserved") return new Reservation(budget, result.id, ask.amountMicroUsd);
    throw new BudgetShortError(ask, result.caps);
  } catch (error) {
    if (signal.aborted) {
      // It may come about all the same; nobody makes the call then.
      asked
        .then((late) =>
          late.kind === "reserved" ? new Reservation(budget, late.id, ask.amountMicroUsd).die() : undefined,
        )
        .catch(() => undefined);
    }
    throw error;
  }
}
