import type { TurnToolCall } from "../core/run-turns.ts";

/** True when one of a turn's calls has ended its run: the model is not asked again. */
export function isStopped(calls: readonly TurnToolCall[]): boolean {
  return calls.some(({ tool, finishedAtMs }) => finishedAtMs !== null && tool.stop_after_tool_call);
}
