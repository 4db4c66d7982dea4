import type { BudgetPeriod } from "./budget.ts";

/** One day or one month for which a budget counts, in UTC. */
export interface BudgetWindow {
  /** "2026-11-25" or "2026-11". */
  key: string;
  startMs: number;
  /** The first millisecond after it. */
  endMs: number;
}

/** The window that a moment (milliseconds since the epoch) lies in. */
export function budgetWindow(period: Exclude<BudgetPeriod, "run">, nowMs: number): BudgetWindow {
  const now = new Date(nowMs);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const iso = now.toISOString();
  switch (period) {
    case "day":
      return {
        key: iso.slice(0, 10),
        startMs: Date.UTC(year, month, day),
        endMs: Date.UTC(year, month, day + 1),
      };
    case "month":
      return { key: iso.slice(0, 7), startMs: Date.UTC(year, month), endMs: Date.UTC(year, month + 1) };
  }
}
