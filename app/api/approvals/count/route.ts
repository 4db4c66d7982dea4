import { countApprovalsContract } from "#lib/api/contracts/approval.ts";
import { route } from "#lib/api/route.ts";
import { countApprovals } from "#lib/server/count-approvals.ts";

export const GET = route(countApprovalsContract, ({ principal, query }) =>
  countApprovals(principal, query.user_id),
);
