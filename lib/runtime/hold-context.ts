import type { ToolCallPorts } from "./call-tool.ts";
import type { HoldContext } from "./hold-call.ts";

/** What the calls of one turn are judged by: the policies as they are now. */
export async function holdContext({ ports }: ToolCallPorts): Promise<HoldContext> {
  return {
    rules: await ports.approvalRules(),
    run: ports.run,
    subject: ports.scope.subject,
    nowMs: ports.clock.nowMs(),
  };
}
