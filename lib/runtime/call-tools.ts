import type { ToolExecution } from "../core/tool-execution.ts";
import { callTool } from "./call-tool.ts";
import type { ToolCall, ToolCallPorts, ToolOutcome } from "./tool-call.ts";

/** A call whose beginning stands in the journal. */
export interface StartedCall {
  call: ToolCall;
  execution: ToolExecution;
}

/**
 * Makes the calls of one turn side by side and returns their outcomes in the order of the calls: null for one of which
 * nobody knows what it did.
 * Rejects only with the signal's reason, when the run is to stop; by then no call goes on writing.
 */
export async function callTools(
  context: ToolCallPorts,
  started: readonly StartedCall[],
): Promise<(ToolOutcome | null)[]> {
  const settled = await Promise.allSettled(
    started.map(({ call, execution }) => callTool(context, call, execution)),
  );
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
