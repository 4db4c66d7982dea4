import type { ToolExecution } from "../core/tool-execution.ts";
import type { ToolCall } from "./tool-call.ts";
import { callWants, type Want } from "./call-wants.ts";
import { hashJson } from "./hash-json.ts";
import type { HeldCall } from "./hold-call.ts";
import type { HoldContext } from "./hold-context.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";

/** A call that was begun and may have changed the world, or not. */
export interface UnknownCall {
  call: ToolCall;
  execution: ToolExecution;
  position: number;
  /** Which time it was begun. */
  attempt: number;
}

/**
 * Puts to a person what nobody knows: whether a call took effect. On the wire it is work done outside whose result is
 * wanted, so that a client which knows no better never makes the call again. A call that takes an approval takes one
 * here, too, within the same time: who says that it did not happen has it made once more.
 */
export function holdUnknown(
  { call, execution, position, attempt }: UnknownCall,
  context: HoldContext,
): HeldCall {
  const { approvalType, rule } = approvalOf(call, context);
  const asked: ToolExecution = {
    ...execution,
    tool_call_error: null,
    result: null,
    metrics: null,
    requires_confirmation: null,
    confirmed: null,
    confirmation_note: null,
    external_execution_required: true,
    external_execution_silent: null,
    approval_type: approvalType,
    approval_id: null,
  };
  return {
    kind: "effect_unknown",
    approvalType,
    rule,
    position,
    attempt,
    asked,
    argumentsHash: hashJson(execution.tool_args),
    toolFingerprint: call.tool === undefined ? "" : toolFingerprint(call.tool),
  };
}

const NOBODY_IN_PARTICULAR = { approvalType: null, rule: null };

function approvalOf({ tool, input }: ToolCall, context: HoldContext): Pick<Want, "approvalType" | "rule"> {
  if (tool === undefined || input.problem !== null) return NOBODY_IN_PARTICULAR;
  const wants = callWants(tool, input, context);
  return (
    wants.find(({ rule }) => rule !== null) ??
    wants.find(({ approvalType }) => approvalType === "required") ??
    wants.find(({ approvalType }) => approvalType !== null) ??
    NOBODY_IN_PARTICULAR
  );
}
