import type { Approval, ApprovalPauseType, ApprovalStatus } from "#lib/core/approval.ts";
import { type RequirementKind, runRequirement } from "#lib/core/requirement.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { ApprovalRecord } from "#lib/db/approvals.ts";
import { approvalStatus } from "./approval-status.ts";

/** A stored approval as the API shows it. */
export function approvalOnWire(record: ApprovalRecord): Approval {
  const { componentType, componentId, componentName, toolName, asked, settled, createdAt } = record;
  const call = settled ?? asked;
  const status: ApprovalStatus = approvalStatus(record);
  const requirement = runRequirement({
    id: record.id,
    kind: record.kind,
    asked: call,
    rule: record.rule,
    createdAtMs: createdAt.getTime(),
  });
  return {
    id: record.id,
    run_id: record.rootRunId,
    session_id: record.sessionId,
    status,
    source_type: componentType,
    approval_type: record.approvalType ?? "required",
    pause_type: pauseType(record.kind),
    tool_name: toolName,
    tool_args: call.tool_args,
    expires_at: record.expiresAt === null ? null : secondsOf(record.expiresAt),
    agent_id: componentType === "agent" ? componentId : null,
    team_id: componentType === "team" ? componentId : null,
    workflow_id: componentType === "workflow" ? componentId : null,
    user_id: record.subject,
    schedule_id: record.scheduleId,
    schedule_run_id: record.scheduleRunId,
    source_name: componentName,
    requirements: [requirement],
    context: { tool_names: [toolName], source_name: componentName },
    resolution_data: record.resolution,
    resolved_by: record.resolvedBy,
    resolved_at: record.resolvedAt === null ? null : secondsOf(record.resolvedAt),
    created_at: secondsOf(createdAt),
    updated_at: secondsOf(record.updatedAt),
    run_status: record.runStatus,
  };
}

function pauseType(kind: RequirementKind): ApprovalPauseType {
  switch (kind) {
    case "user_input":
    case "user_feedback":
      return "user_input";
    case "external_execution":
    case "effect_unknown":
      return "external_execution";
    case "confirmation":
    case "budget":
      return "confirmation";
  }
}
