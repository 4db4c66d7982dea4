import { deleteApprovalContract, getApprovalContract } from "#lib/api/contracts/approval.ts";
import { route } from "#lib/api/route.ts";
import { deleteApproval } from "#lib/server/delete-approval.ts";
import { getApproval } from "#lib/server/get-approval.ts";

export const GET = route(getApprovalContract, ({ principal, params }) =>
  getApproval(principal, params.approval_id),
);

export const DELETE = route(deleteApprovalContract, async ({ principal, params }) => {
  await deleteApproval(principal, params.approval_id);
  return { status: 204, body: null };
});
