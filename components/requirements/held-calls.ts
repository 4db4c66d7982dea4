import type { RunView } from "#lib/core/run-view.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";

/** True for a call about which people are or were asked. */
function isHeld(tool: ToolExecution): boolean {
  return (
    tool.requires_confirmation === true ||
    tool.requires_user_input === true ||
    tool.external_execution_required === true ||
    tool.user_feedback_schema !== null
  );
}

/** Changes whenever what people are asked in a run may have changed; null for a run that has asked nobody. */
export function heldVersion(view: RunView): string | null {
  if (!view.parts.some((part) => part.kind === "tool" && isHeld(part.tool))) return null;
  return view.status === "paused" ? `paused ${view.lastIndex}` : view.status;
}
