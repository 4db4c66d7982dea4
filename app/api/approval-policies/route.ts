import {
  createApprovalPolicyContract,
  listApprovalPoliciesContract,
} from "#lib/api/contracts/approval-policy.ts";
import { route } from "#lib/api/route.ts";
import { createApprovalPolicy } from "#lib/server/create-approval-policy.ts";
import { listApprovalPolicies } from "#lib/server/list-approval-policies.ts";

export const GET = route(listApprovalPoliciesContract, ({ scope }) => listApprovalPolicies(scope));

export const POST = route(createApprovalPolicyContract, async ({ scope, body }) => ({
  status: 201,
  body: await createApprovalPolicy(scope, body),
}));
