import type { BudgetPeriod } from "./budget.ts";

/** A limit that counts for a run's calls, and the counter that it is held against. Money is in millionths of a US dollar. */
export interface Cap {
  counterId: string;
  /** Null for the limit that an agent's definition sets for each run. */
  budgetId: string | null;
  name: string;
  period: BudgetPeriod;
  /** The day or the month; null for a single run. */
  window: string | null;
  /** Whose counter it is, where each user has their own. */
  subject: string | null;
  limitMicroUsd: number;
  /** How long a run waits for somebody to grant it more; null: without limit. */
  expiresAfterSeconds: number | null;
}

/** A cap and how its counter stood when a call was refused. */
export interface CapState extends Cap {
  grantedMicroUsd: number;
  spentMicroUsd: number;
  reservedMicroUsd: number;
}

/** One call that is to be paid for: its worst case. */
export interface SpendingAsk {
  kind: "model" | "tool";
  /** The model's id, or the tool's name. */
  name: string;
  /** Null for a model call. */
  toolCallId: string | null;
  amountMicroUsd: number;
}

/** What became of the wish to set money aside: under all caps at once, or under none of them. */
export type ReserveResult = { kind: "reserved"; id: string } | { kind: "short"; caps: CapState[] };

/** How a call ended that money was set aside for. `dead`: nobody knows what it cost, so all of it counts as spent. */
export type SpendingEnd = { status: "settled"; costMicroUsd: number } | { status: "dead" };
