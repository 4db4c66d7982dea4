import type { ApprovalRule } from "../core/approval-policy.ts";
import type { RunIdentity } from "../core/journal.ts";
import type { RequirementKind } from "../core/requirement.ts";
import type { ApprovalType, Inquiry, Tool } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import type { ToolCall } from "./call-tool.ts";
import { hashJson } from "./hash-json.ts";
import type { CallDecision } from "./internal-record.ts";
import { matchingRule } from "./matching-rule.ts";
import { newExecution } from "./new-execution.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { userInputForm } from "./user-input-form.ts";

/** What a call waits for, and what a decision about it will be bound to. */
export interface HeldCall {
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  /** The policy that asks for the approval; null when the tool or the agent's settings ask. */
  rule: ApprovalRule | null;
  /** Its place among the calls of its turn. */
  position: number;
  /** The call as it is put to a person. */
  asked: ToolExecution;
  argumentsHash: string;
  toolFingerprint: string;
}

/** What a call is judged by. */
export interface HoldContext {
  rules: readonly ApprovalRule[];
  run: Pick<RunIdentity, "componentId">;
  subject: string | null;
  nowMs: number;
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
  const wanted = wants(call, tool, input.parsed, context).find(
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
    argumentsHash,
    toolFingerprint: fingerprint,
    asked: { ...execution, ...flags, approval_type: approvalType },
  };
}

interface Want {
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  rule: ApprovalRule | null;
  flags: Partial<ToolExecution>;
}

function satisfies(decision: CallDecision, want: Want, argumentsHash: string): boolean {
  // What was filled in stays so when whoever approves it changes it once more.
  if (want.kind !== "user_input" && decision.arguments_hash !== argumentsHash) return false;
  if (want.rule !== null) return decision.policy_id === want.rule.id;
  if (decision.kind !== want.kind) return false;
  return want.approvalType !== "required" || decision.approval_type === "required";
}

/**
 * All that a call has to wait for, in its order. Who approves a call sees what will be done: after a person has filled
 * the arguments in, and before a person does the work elsewhere.
 */
function wants(call: ToolCall, tool: Tool, parsed: unknown, context: HoldContext): Want[] {
  const approvalType = tool.approval ?? null;
  if (tool.inquire !== undefined) return [inquiry(tool.inquire(parsed), approvalType)];
  const { args } = call.input;
  const rule = matchingRule(context.rules, {
    args,
    tool: { name: tool.name, effect: tool.effect },
    agent: { id: context.run.componentId },
    user_id: context.subject ?? "",
  });
  const byRule: Want[] = rule === null ? [] : [{ ...CONFIRMATION, approvalType: "required", rule }];
  const { hold } = tool;
  switch (hold?.kind) {
    case "user_input": {
      const flags = { requires_user_input: true, user_input_schema: userInputForm(tool, args) };
      const own: Want = { kind: "user_input", approvalType, rule: null, flags };
      return [own, ...byRule];
    }
    case "external_execution": {
      const silent = hold.silent ? { external_execution_silent: true } : {};
      const flags = { external_execution_required: true, ...silent };
      const own: Want = { kind: "external_execution", approvalType, rule: null, flags };
      return [...byRule, own];
    }
    case "confirmation":
      return byRule.length > 0 ? byRule : [{ ...CONFIRMATION, approvalType, rule: null }];
    case undefined:
      if (byRule.length > 0) return byRule;
      return approvalType === "required" ? [{ ...CONFIRMATION, approvalType, rule: null }] : [];
  }
}

const CONFIRMATION = { kind: "confirmation", flags: { requires_confirmation: true } } as const;

function inquiry(asked: Inquiry, approvalType: ApprovalType | null): Want {
  const flags: Partial<ToolExecution> =
    asked.kind === "user_input"
      ? { requires_user_input: true, user_input_schema: asked.fields }
      : { requires_user_input: true, user_feedback_schema: asked.questions };
  return { kind: asked.kind, approvalType, rule: null, flags };
}
