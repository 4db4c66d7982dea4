import type { ApprovalPolicy } from "#lib/core/approval-policy.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { ApprovalPolicyRecord } from "#lib/db/approval-policies.ts";

/** A stored policy as the API shows it. */
export function approvalPolicyOnWire(record: ApprovalPolicyRecord): ApprovalPolicy {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    enabled: record.enabled,
    position: record.position,
    tool_pattern: record.toolPattern,
    condition: record.condition,
    effect: record.effect,
    approver_roles: record.approverRoles,
    approver_scopes: record.approverScopes,
    approvals_required: record.approvalsRequired,
    requester_may_decide: record.requesterMayDecide,
    expires_after_seconds: record.expiresAfterSeconds,
    remind_after_seconds: record.remindAfterSeconds,
    on_expiry: record.onExpiry,
    created_at: secondsOf(record.createdAt),
    updated_at: record.updatedAt === null ? null : secondsOf(record.updatedAt),
  };
}
