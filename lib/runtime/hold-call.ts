import type { ApprovalRule } from "../core/approval-policy.ts";
import type { RequirementKind } from "../core/requirement.ts";
import type { ApprovalType } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import type { ToolCall } from "./tool-call.ts";
import { callWants, type Want } from "./call-wants.ts";
import { hashJson } from "./hash-json.ts";
import type { HoldContext } from "./hold-context.ts";
import type { CallDecision } from "./internal-record.ts";
import { newExecution } from "./new-execution.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";

/** What a call waits for, and what a decision about it will be bound to. */
export interface HeldCall {
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  /** The policy that asks for the approval; null when the tool or the agent's settings ask. */
  rule: ApprovalRule | null;
  /** Its place among the calls of its turn. */
  position: number;
  /** Of a call of which nobody knows what it did: which time it was begun. Else null. */
  attempt: number | null;
  /** The call as it is put to a person. */
  asked: ToolExecution;
  argumentsHash: string;
  toolFingerprint: string;
}

/**
 * Says what a call has to wait for next; null when it may be made, or when it will only be refused. What people have
 * decided about it counts for the tool and the arguments that they have seen, and for nothing else.
 */
export function holdCall(call: ToolCall, position: number, context: HoldContext): HeldCall | null {
  const { tool, input, decided } = call;
  if (tool === undefined || input.problem !== null) return null;
  const argumentsHash = hashJson(input.args);
  const fingerprint = toolFingerprint(tool);
  const decisions = (decided?.decisions ?? []).filter(
    (decision) => decision.tool_fingerprint === fingerprint,
  );
  const wanted = callWants(tool, input, context).find(
    (want) => !decisions.some((decision) => satisfies(decision, want, argumentsHash)),
  );
  if (wanted === undefined) return null;
  const { kind, approvalType, rule, flags } = wanted;
  const execution = newExecution(call.id, call.name, input.args, context.nowMs);
  return {
    kind,
    approvalType,
    rule,
    position,
    attempt: null,
    argumentsHash,
    toolFingerprint: fingerprint,
    asked: { ...execution, ...flags, approval_type: approvalType },
  };
}

function satisfies(decision: CallDecision, want: Want, argumentsHash: string): boolean {
  // What was filled in stays so when whoever approves it changes it once more.
  if (want.kind !== "user_input" && decision.arguments_hash !== argumentsHash) return false;
  if (want.rule !== null) return decision.policy_id === want.rule.id;
  if (decision.kind !== want.kind) return false;
  return want.approvalType !== "required" || decision.approval_type === "required";
}
