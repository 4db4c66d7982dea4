import { listApprovalsContract } from "#lib/api/contracts/approval.ts";
import { route } from "#lib/api/route.ts";
import { listApprovals } from "#lib/server/list-approvals.ts";

export const GET = route(listApprovalsContract, ({ principal, query }) => listApprovals(principal, query));
