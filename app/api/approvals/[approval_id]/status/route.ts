import { getApprovalStatusContract } from "#lib/api/contracts/approval.ts";
import { route } from "#lib/api/route.ts";
import { getApprovalStatus } from "#lib/server/get-approval-status.ts";

export const GET = route(getApprovalStatusContract, ({ principal, params }) =>
  getApprovalStatus(principal, params.approval_id),
);
