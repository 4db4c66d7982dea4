import type { CreateApprovalPolicy } from "#lib/core/approval-policy.ts";
import { validationFailure } from "#lib/core/validation-failure.ts";
import type { ApprovalPolicyDefinition } from "#lib/db/approval-policies.ts";
import { compileCondition } from "#lib/runtime/policy-condition.ts";

/** A policy of the API as it is stored. Throws the 422 that names the field: a condition that cannot be read. */
export function approvalPolicyDefinition(input: CreateApprovalPolicy): ApprovalPolicyDefinition {
  const { condition, expires_after_seconds: expires, remind_after_seconds: remind } = input;
  try {
    if (condition !== null) compileCondition(condition);
  } catch (error) {
    throw refused("condition", error instanceof Error ? error.message : "It cannot be read", condition);
  }
  if (expires !== null && remind !== null && remind >= expires) {
    throw refused("remind_after_seconds", "A reminder comes before the time is over", remind);
  }
  return {
    name: input.name,
    description: input.description,
    enabled: input.enabled,
    position: input.position,
    toolPattern: input.tool_pattern,
    condition,
    effect: input.effect,
    approverRoles: input.approver_roles,
    approverScopes: input.approver_scopes,
    approvalsRequired: input.approvals_required,
    requesterMayDecide: input.requester_may_decide,
    expiresAfterSeconds: expires,
    remindAfterSeconds: remind,
    onExpiry: input.on_expiry,
  };
}

function refused(field: string, msg: string, input: unknown) {
  return validationFailure([{ type: "value_error", loc: ["body", field], msg, input }]);
}
