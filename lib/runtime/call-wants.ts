import type { ApprovalRule } from "../core/approval-policy.ts";
import type { JsonObject } from "../core/json.ts";
import type { RequirementKind } from "../core/requirement.ts";
import type { ApprovalType, Inquiry, Tool } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import type { HoldContext } from "./hold-context.ts";
import { matchingRule } from "./matching-rule.ts";
import { userInputForm } from "./user-input-form.ts";

/** One thing that a call has to wait for. */
export interface Want {
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  rule: ApprovalRule | null;
  flags: Partial<ToolExecution>;
}

/**
 * All that a call has to wait for, in its order. Who approves a call sees what will be done: after a person has filled
 * the arguments in, and before a person does the work elsewhere.
 */
export function callWants(
  tool: Tool,
  { args, parsed }: { args: JsonObject; parsed: unknown },
  context: HoldContext,
): Want[] {
  const approvalType = tool.approval ?? null;
  if (tool.inquire !== undefined) return [inquiry(tool.inquire(parsed), approvalType)];
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
