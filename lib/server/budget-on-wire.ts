import type { Budget, BudgetUsage } from "#lib/core/budget.ts";
import { budgetWindow } from "#lib/core/budget-window.ts";
import { usdOf } from "#lib/core/micro-usd.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { BudgetUseRecord } from "#lib/db/budget-uses.ts";
import type { BudgetRecord } from "#lib/db/budgets.ts";

/** A stored budget as the API shows it at `nowMs`; `uses` are the counters of the present day and month. */
export function budgetOnWire(record: BudgetRecord, uses: readonly BudgetUseRecord[], nowMs: number): Budget {
  return {
    id: record.id,
    name: record.name,
    enabled: record.enabled,
    applies_to: record.appliesTo,
    agent_id: record.agentId,
    user_id: record.userId,
    period: record.period,
    limit_usd: usdOf(record.limitMicroUsd),
    expires_after_seconds: record.expiresAfterSeconds,
    usage: usageOf(record, uses, nowMs),
    created_at: secondsOf(record.createdAt),
    updated_at: record.updatedAt === null ? null : secondsOf(record.updatedAt),
  };
}

function usageOf(
  { id, period, limitMicroUsd }: BudgetRecord,
  uses: readonly BudgetUseRecord[],
  nowMs: number,
): BudgetUsage | null {
  if (period === "run") return null;
  const window = budgetWindow(period, nowMs);
  const use = uses.find((one) => one.budgetId === id && one.window === window.key);
  const spentMicroUsd = use?.spentMicroUsd ?? 0;
  const grantedMicroUsd = use?.grantedMicroUsd ?? 0;
  return {
    spent_usd: usdOf(spentMicroUsd),
    reserved_usd: usdOf(use?.reservedMicroUsd ?? 0),
    granted_usd: usdOf(grantedMicroUsd),
    used_ratio: spentMicroUsd / (limitMicroUsd + grantedMicroUsd),
    user_id: use?.subject ?? null,
    period_start: window.startMs / 1_000,
    period_end: window.endMs / 1_000,
  };
}
