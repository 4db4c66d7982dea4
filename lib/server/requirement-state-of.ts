import type { ApprovalRule } from "#lib/core/approval-policy.ts";
import type { Person, RequirementState } from "#lib/core/requirement-state.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { RequirementRecord } from "#lib/db/requirements.ts";
import { inputJsonSchema } from "#lib/runtime/input-json-schema.ts";
import type { Decider } from "./decider.ts";
import { refuseToDecide } from "./refuse-to-decide.ts";
import { toolRegistry } from "./tool-registry.ts";

/** A stored requirement of a run that was asked `question`, as somebody who decides sees it; `names` are the members' by user id. */
export function requirementStateOf(
  record: RequirementRecord,
  question: string,
  decider: Decider,
  names: ReadonlyMap<string, string>,
): RequirementState {
  const { rule, votes } = record;
  const tool = toolRegistry().get(record.toolName);
  const person = (id: string): Person => ({ id, name: names.get(id) ?? null, you: id === decider.name });
  const voted = votes.some(({ by }) => by === decider.name);
  const refusal = (outcome: "approved" | "rejected") =>
    refuseToDecide(decider, record, outcome)?.message ?? null;
  return {
    id: record.id,
    run_id: record.rootRunId,
    session_id: record.sessionId,
    agent_id: record.componentId,
    agent_name: record.componentName,
    question,
    asked_for: record.subject === null ? null : person(record.subject),
    kind: record.kind,
    status: record.status,
    outcome: record.outcome,
    approval_type: record.approvalType,
    asked: record.asked,
    settled: record.settled,
    tool_title: tool?.title ?? null,
    effect: tool?.effect ?? null,
    input_schema: tool === undefined ? null : inputJsonSchema(tool),
    fingerprint: `${record.toolFingerprint}:${record.argumentsHash}`,
    policy: rule === null ? null : policyOf(rule),
    votes: votes.map(({ by, at }) => ({ by: person(by), at: secondsOf(new Date(at)) })),
    resolved_by: record.resolvedBy === null ? null : person(record.resolvedBy),
    resolved_at: record.resolvedAt === null ? null : secondsOf(record.resolvedAt),
    expires_at: record.expiresAt === null ? null : secondsOf(record.expiresAt),
    created_at: secondsOf(record.createdAt),
    approve_refusal: voted ? "You have approved this. It takes a second person." : refusal("approved"),
    reject_refusal: refusal("rejected"),
  };
}

function policyOf(rule: ApprovalRule): NonNullable<RequirementState["policy"]> {
  return {
    name: rule.name,
    tool_pattern: rule.toolPattern,
    condition: rule.condition,
    approver_roles: [...rule.approverRoles],
    approver_scopes: [...rule.approverScopes],
    approvals_required: rule.approvalsRequired,
    requester_may_decide: rule.requesterMayDecide,
    on_expiry: rule.onExpiry,
  };
}
