import {
  deleteApprovalPolicyContract,
  getApprovalPolicyContract,
  updateApprovalPolicyContract,
} from "#lib/api/contracts/approval-policy.ts";
import { route } from "#lib/api/route.ts";
import { deleteApprovalPolicy } from "#lib/server/delete-approval-policy.ts";
import { getApprovalPolicy } from "#lib/server/get-approval-policy.ts";
import { updateApprovalPolicy } from "#lib/server/update-approval-policy.ts";

export const GET = route(getApprovalPolicyContract, ({ scope, params }) =>
  getApprovalPolicy(scope, params.policy_id),
);

export const PATCH = route(updateApprovalPolicyContract, ({ scope, params, body }) =>
  updateApprovalPolicy(scope, params.policy_id, body),
);

export const DELETE = route(deleteApprovalPolicyContract, async ({ scope, params }) => {
  await deleteApprovalPolicy(scope, params.policy_id);
  return { status: 204, body: null };
});
