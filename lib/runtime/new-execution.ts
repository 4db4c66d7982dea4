import type { JsonObject } from "../core/json.ts";
import type { ToolExecution } from "../core/tool-execution.ts";

/** A call as the wire has it before anything has become of it. */
export function newExecution(id: string, name: string, args: JsonObject, nowMs: number): ToolExecution {
  return {
    tool_call_id: id,
    tool_name: name,
    tool_args: args,
    tool_call_error: null,
    result: null,
    metrics: null,
    child_run_id: null,
    stop_after_tool_call: false,
    created_at: Math.floor(nowMs / 1000),
    requires_confirmation: null,
    confirmed: null,
    confirmation_note: null,
    requires_user_input: null,
    user_input_schema: null,
    user_feedback_schema: null,
    answered: null,
    external_execution_required: null,
    external_execution_silent: null,
    approval_type: null,
    approval_id: null,
  };
}
