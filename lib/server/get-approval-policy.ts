import type { ApprovalPolicy } from "#lib/core/approval-policy.ts";
import type { Scope } from "#lib/core/scope.ts";
import { approvalPolicyOnWire } from "./approval-policy-on-wire.ts";
import { requireApprovalPolicy } from "./require-approval-policy.ts";

/** One policy. Throws not_found. */
export async function getApprovalPolicy(scope: Scope, id: string): Promise<ApprovalPolicy> {
  return approvalPolicyOnWire(await requireApprovalPolicy(scope, id));
}
