import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import { type ApprovalRecord, findApproval } from "#lib/db/approvals.ts";
import { approvalScope } from "./approval-scope.ts";

/** An approval that the caller may see. Throws not_found. */
export async function requireApproval(principal: Principal, id: string): Promise<ApprovalRecord> {
  const approval = await findApproval(approvalScope(principal), id);
  if (approval === null) throw new AppError("not_found", "Approval not found");
  return approval;
}
