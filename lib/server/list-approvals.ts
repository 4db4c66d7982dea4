import type { Approval, ApprovalFilter } from "#lib/core/approval.ts";
import { pageMeta } from "#lib/core/page.ts";
import type { Principal } from "#lib/core/principal.ts";
import { listApprovals as readApprovals } from "#lib/db/approvals.ts";
import { approvalOnWire } from "./approval-on-wire.ts";
import { approvalScope } from "./approval-scope.ts";

/** One page of the approvals that the caller may see, newest first, in the wire's envelope. */
export async function listApprovals(
  principal: Principal,
  query: ApprovalFilter & { page: number; limit: number },
): Promise<{ data: Approval[]; meta: ReturnType<typeof pageMeta> }> {
  const { page, limit, ...filter } = query;
  const scope = approvalScope(principal);
  const startedAt = performance.now();
  // Who sees only their own gets them, whomever they ask for.
  const { user_id: _asked, ...own } = filter;
  const { approvals, totalCount } = await readApprovals(scope, scope.subject === null ? filter : own, {
    limit,
    offset: (page - 1) * limit,
  });
  const searchTimeMs = performance.now() - startedAt;
  return { data: approvals.map(approvalOnWire), meta: pageMeta({ page, limit, totalCount, searchTimeMs }) };
}
