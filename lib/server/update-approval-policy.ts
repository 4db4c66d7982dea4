import { AppError } from "#lib/core/app-error.ts";
import type { ApprovalPolicy, UpdateApprovalPolicy } from "#lib/core/approval-policy.ts";
import type { Scope } from "#lib/core/scope.ts";
import { updateApprovalPolicy as storePolicy } from "#lib/db/approval-policies.ts";
import { approvalPolicyDefinition } from "./approval-policy-definition.ts";
import { approvalPolicyOnWire } from "./approval-policy-on-wire.ts";
import { forgetApprovalRules } from "./approval-rules.ts";
import { requireApprovalPolicy } from "./require-approval-policy.ts";

/**
 * Changes a policy; what is absent stays, and so does what was asked for under it before. Throws not_found, invalid
 * (condition) and conflict (the name is taken, or somebody else was faster).
 */
export async function updateApprovalPolicy(
  scope: Scope,
  id: string,
  input: UpdateApprovalPolicy,
): Promise<ApprovalPolicy> {
  const current = await requireApprovalPolicy(scope, id);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const { revision } = current;
  const definition = approvalPolicyDefinition({ ...approvalPolicyOnWire(current), ...given });
  const record = await storePolicy(scope, id, revision, definition);
  if (record === null) {
    throw new AppError("conflict", "Somebody else changed this policy meanwhile. Load it again.");
  }
  forgetApprovalRules(scope);
  return approvalPolicyOnWire(record);
}
