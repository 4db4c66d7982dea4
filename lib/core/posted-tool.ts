import type { Decision } from "./decision.ts";
import type { ToolExecution } from "./tool-execution.ts";

/** A held call as it is posted back to `continue` with a person's decision about that requirement and no other. */
export function postedTool(
  requirementId: string,
  asked: ToolExecution,
  decision: Decision,
): Partial<ToolExecution> {
  const { tool_call_id, tool_name } = asked;
  const call = { tool_call_id, tool_name, approval_id: requirementId };
  switch (decision.kind) {
    case "approve":
      return { ...call, confirmed: true, ...(decision.args === null ? {} : { tool_args: decision.args }) };
    case "again":
      return { ...call, confirmed: true };
    case "reject":
      return { ...call, confirmed: false, confirmation_note: decision.note };
    case "values":
      return {
        ...call,
        answered: true,
        user_input_schema: (asked.user_input_schema ?? []).map((field) => ({
          ...field,
          value: decision.values[field.name] ?? null,
        })),
      };
    case "choices":
      return {
        ...call,
        answered: true,
        user_feedback_schema: (asked.user_feedback_schema ?? []).map((question) => ({
          ...question,
          selected_options: [...(decision.choices[question.question] ?? [])],
        })),
      };
    case "result":
      return {
        ...call,
        result: typeof decision.result === "string" ? decision.result : JSON.stringify(decision.result),
      };
  }
}
