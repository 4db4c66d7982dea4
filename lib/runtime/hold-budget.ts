import type { ApprovalRule } from "../core/approval-policy.ts";
import { BUDGET_REQUEST_NAME, type BudgetRequest } from "../core/budget-request.ts";
import { usdOf } from "../core/micro-usd.ts";
import type { CapState, SpendingAsk } from "../core/spending.ts";
import { hashJson } from "./hash-json.ts";
import type { HeldCall } from "./hold-call.ts";
import { newExecution } from "./new-execution.ts";
import type { RunPorts } from "./ports.ts";

/**
 * Puts to a person that a run needs more money than its budgets leave it. On the wire it is a call of the run's own
 * that wants to be confirmed and takes an approval, so that a client which knows no better shows a run that waits for
 * an administrator.
 */
export function holdBudget(
  ask: SpendingAsk,
  caps: readonly CapState[],
  { clock, newId }: Pick<RunPorts, "clock" | "newId">,
): HeldCall {
  const short = caps
    .map((cap) => ({ cap, missingMicroUsd: missing(cap, ask.amountMicroUsd) }))
    .filter(({ missingMicroUsd }) => missingMicroUsd > 0);
  const request: BudgetRequest = {
    amount_usd: usdOf(Math.max(1, ...short.map(({ missingMicroUsd }) => missingMicroUsd))),
    needed_for: ask.name,
    budgets: short.map(({ cap }) => ({
      counter_id: cap.counterId,
      name: cap.name,
      period: cap.period,
      limit_usd: usdOf(cap.limitMicroUsd),
      granted_usd: usdOf(cap.grantedMicroUsd),
      spent_usd: usdOf(cap.spentMicroUsd),
      reserved_usd: usdOf(cap.reservedMicroUsd),
    })),
  };
  const id = `budget_${newId()}`;
  const asked = newExecution(id, BUDGET_REQUEST_NAME, request, clock.nowMs());
  const [first] = short;
  return {
    kind: "budget",
    approvalType: "required",
    rule: granterRule(first?.cap, expiryOf(short.map(({ cap }) => cap))),
    position: 0,
    attempt: null,
    asked: { ...asked, requires_confirmation: true, approval_type: "required" },
    argumentsHash: hashJson([id, request]),
    toolFingerprint: BUDGET_REQUEST_NAME,
  };
}

function missing(cap: CapState, amountMicroUsd: number): number {
  const { limitMicroUsd, grantedMicroUsd, spentMicroUsd, reservedMicroUsd } = cap;
  return spentMicroUsd + reservedMicroUsd + amountMicroUsd - limitMicroUsd - grantedMicroUsd;
}

/** The soonest that any of the budgets in the way sets. */
function expiryOf(caps: readonly CapState[]): number | null {
  const seconds = caps.flatMap(({ expiresAfterSeconds }) => expiresAfterSeconds ?? []);
  return seconds.length === 0 ? null : Math.min(...seconds);
}

/** Who grants: an owner or an admin, or who holds budgets:write; whoever asks may be one of them. */
function granterRule(cap: CapState | undefined, expiresAfterSeconds: number | null): ApprovalRule {
  return {
    id: cap?.budgetId ?? BUDGET_REQUEST_NAME,
    name: cap?.name ?? BUDGET_REQUEST_NAME,
    toolPattern: BUDGET_REQUEST_NAME,
    condition: null,
    effect: null,
    approverRoles: ["owner", "admin"],
    approverScopes: ["budgets:write"],
    approvalsRequired: 1,
    requesterMayDecide: true,
    expiresAfterSeconds,
    remindAfterSeconds: null,
    onExpiry: "end",
  };
}
