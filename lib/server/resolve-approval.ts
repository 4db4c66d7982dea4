import { AppError } from "#lib/core/app-error.ts";
import type { Approval, ResolveApproval } from "#lib/core/approval.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { ApprovalRecord } from "#lib/db/approvals.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { answerOfResolution } from "./answer-of-resolution.ts";
import { approvalOnWire } from "./approval-on-wire.ts";
import { approvalScope } from "./approval-scope.ts";
import { approvalStatus } from "./approval-status.ts";
import { deciderOf } from "./decider.ts";
import { refuseToDecide } from "./refuse-to-decide.ts";
import { requireApproval } from "./require-approval.ts";
import { resolvePause } from "./resolve-pause.ts";

/**
 * Decides about an approval. When nothing else of its run is open, the run goes on by itself: the durable engine drives
 * it. An approval that takes two people stays pending with the first yes. Throws not_found, conflict when it is decided
 * already or its tool has changed, forbidden when the policy names others, invalid when what came with it does not fit.
 */
export async function resolveApproval(
  principal: Principal,
  id: string,
  { status, resolution_data: data }: ResolveApproval,
): Promise<Approval> {
  const approval = await requireApproval(principal, id);
  const scope = approvalScope(principal);
  const run = await getRunSummary(scope, approval.rootRunId);
  if (approval.status !== "open" || run === null) throw alreadyResolved(approval);
  const decider = deciderOf(principal);
  const refusal = refuseToDecide(decider, approval, status);
  if (refusal !== null) throw refusal;
  const answer = answerOfResolution(approval, status, data ?? {});
  try {
    const result = await resolvePause(scope, run, [answer], {
      decider,
      resolution: data ?? null,
      background: true,
    });
    if (result.kind === "not_paused") throw alreadyResolved(await requireApproval(principal, id));
  } catch (error) {
    const now = await requireApproval(principal, id);
    // Somebody else was faster.
    if (error instanceof AppError && error.code === "conflict" && now.status !== "open") {
      throw alreadyResolved(now);
    }
    throw error;
  }
  return approvalOnWire(await requireApproval(principal, id));
}

function alreadyResolved(approval: ApprovalRecord): AppError {
  const status = approval.status === "open" ? "cancelled" : approvalStatus(approval);
  return new AppError("conflict", `Approval is already '${status}' and cannot be resolved`);
}
