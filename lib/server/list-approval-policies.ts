import type { ApprovalPolicy } from "#lib/core/approval-policy.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listApprovalPolicies as readPolicies } from "#lib/db/approval-policies.ts";
import { approvalPolicyOnWire } from "./approval-policy-on-wire.ts";

/** The organization's policies in the order in which they count. */
export async function listApprovalPolicies(scope: Scope): Promise<ApprovalPolicy[]> {
  return (await readPolicies(scope)).map(approvalPolicyOnWire);
}
