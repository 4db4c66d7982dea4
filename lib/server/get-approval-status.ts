import type { ApprovalState } from "#lib/core/approval.ts";
import type { Principal } from "#lib/core/principal.ts";
import { getApproval } from "./get-approval.ts";

/** How an approval stands. Throws not_found. */
export async function getApprovalStatus(principal: Principal, id: string): Promise<ApprovalState> {
  const { status, run_id, resolved_at, resolved_by } = await getApproval(principal, id);
  return { approval_id: id, status, run_id, resolved_at, resolved_by };
}
