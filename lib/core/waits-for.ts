import type { RequirementKind } from "./requirement.ts";
import type { ToolExecution } from "./tool-execution.ts";

/** What a call on the wire waits for, told from its flags; null for one that waits for nothing. */
export function waitsFor(tool: ToolExecution): RequirementKind | null {
  if (tool.confirmed === false) return null;
  if (tool.user_feedback_schema !== null && tool.answered === null) return "user_feedback";
  if (tool.external_execution_required === true && tool.result === null) return "external_execution";
  if (tool.requires_user_input === true && tool.answered === null) return "user_input";
  return tool.requires_confirmation === true && tool.confirmed === null ? "confirmation" : null;
}
