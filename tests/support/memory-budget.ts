import type { Cap, ReserveResult, SpendingAsk, SpendingEnd } from "#lib/core/spending.ts";
import type { BudgetPort } from "#lib/runtime/ports.ts";

/** One call that money was set aside for. */
interface Entry extends SpendingAsk {
  end: SpendingEnd | null;
}

/** One cap in memory, which keeps what was set aside and how it ended. */
export class MemoryBudget implements BudgetPort {
  readonly entries: Entry[] = [];
  grantedMicroUsd = 0;
  limitMicroUsd: number;

  constructor(limitMicroUsd: number) {
    this.limitMicroUsd = limitMicroUsd;
  }

  caps(): Promise<readonly Cap[]> {
    return Promise.resolve([
      {
        counterId: "bud_1/run/1",
        budgetId: "bud_1",
        name: "Team",
        period: "run",
        window: null,
        subject: null,
        limitMicroUsd: this.limitMicroUsd,
        expiresAfterSeconds: 60,
      },
    ]);
  }

  async reserve(caps: readonly Cap[], ask: SpendingAsk): Promise<ReserveResult> {
    const used = this.spentMicroUsd + this.reservedMicroUsd;
    if (used + ask.amountMicroUsd <= this.limitMicroUsd + this.grantedMicroUsd) {
      this.entries.push({ ...ask, end: null });
      return { kind: "reserved", id: String(this.entries.length - 1) };
    }
    const { grantedMicroUsd, spentMicroUsd, reservedMicroUsd } = this;
    return {
      kind: "short",
      caps: caps.map((cap) => ({ ...cap, grantedMicroUsd, spentMicroUsd, reservedMicroUsd })),
    };
  }

  async end(id: string, end: SpendingEnd): Promise<void> {
    const entry = this.entries[Number(id)];
    if (entry === undefined || entry.end !== null) throw new Error(`Nothing is set aside under ${id}.`);
    entry.end = end;
  }

  get reservedMicroUsd(): number {
    return this.entries.reduce(
      (sum, { end, amountMicroUsd }) => sum + (end === null ? amountMicroUsd : 0),
      0,
    );
  }

  get spentMicroUsd(): number {
    return this.entries.reduce((sum, { end, amountMicroUsd }) => {
      if (end === null) return sum;
      return sum + (end.status === "dead" ? amountMicroUsd : end.costMicroUsd);
    }, 0);
  }

  /** How the calls ended, in their order: what each cost, or that it died. */
  get ends(): (number | "dead" | null)[] {
    return this.entries.map(({ end }) =>
      end === null ? null : end.status === "dead" ? "dead" : end.costMicroUsd,
    );
  }
}
