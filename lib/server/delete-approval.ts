import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { hideApproval } from "#lib/db/approvals.ts";
import { approvalScope } from "./approval-scope.ts";
import { requireApproval } from "./require-approval.ts";

/**
 * Takes a decided approval off the list; the run's own record of it stays. Throws not_found, and conflict for one that
 * still waits: its run would wait for ever.
 */
export async function deleteApproval(principal: Principal, id: string): Promise<void> {
  const approval = await requireApproval(principal, id);
  if (approval.status === "open") {
    throw new AppError("conflict", "Approval is still pending. Resolve it, or cancel its run.");
  }
  if (!(await hideApproval(approvalScope(principal), id))) {
    throw new AppError("not_found", "Approval not found");
  }
}
