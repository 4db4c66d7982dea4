import type { ApprovalRule } from "../core/approval-policy.ts";
import { fitsGlob } from "./fits-glob.ts";
import { compileCondition, type ConditionedCall } from "./policy-condition.ts";

/** The first of the rules that a call falls under, or null. */
export function matchingRule(rules: readonly ApprovalRule[], call: ConditionedCall): ApprovalRule | null {
  return rules.find((rule) => fits(rule, call)) ?? null;
}

function fits(rule: ApprovalRule, call: ConditionedCall): boolean {
  if (!fitsGlob(rule.toolPattern, call.tool.name)) return false;
  if (rule.effect !== null && rule.effect !== call.tool.effect) return false;
  if (rule.condition === null) return true;
  try {
    return compileCondition(rule.condition)(call);
  } catch {
    // One that this version cannot read is one that it cannot rule out.
    return true;
  }
}
