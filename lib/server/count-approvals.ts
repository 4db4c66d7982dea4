import type { Principal } from "#lib/core/principal.ts";
import { countPendingApprovals } from "#lib/db/approvals.ts";
import { approvalScope } from "./approval-scope.ts";

/** How many approvals that the caller may see wait for somebody; `userId` limits them to one subject's. */
export async function countApprovals(
  principal: Principal,
  userId: string | undefined,
): Promise<{ count: number }> {
  const scope = approvalScope(principal);
  const subject = scope.subject ?? userId ?? null;
  return { count: await countPendingApprovals({ ...scope, subject }) };
}
