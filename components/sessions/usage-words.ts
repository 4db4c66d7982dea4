import { formatCount } from "#lib/core/format-count.ts";
import { formatMoney } from "#lib/core/format-money.ts";

/**
 * What a run has used, in words. Nothing when no model told: the call of an answer that was stopped has cost something,
 * and zero would be a claim.
 */
export function usageWords(run: { totalTokens: number; costMicroUsd: number | null }): string[] {
  return run.totalTokens === 0
    ? []
    : [`${formatCount(run.totalTokens)} tokens`, formatMoney(run.costMicroUsd)];
}
