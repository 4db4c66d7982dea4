import type { ApprovalRule } from "../core/approval-policy.ts";
import type { RunIdentity } from "../core/journal.ts";
import type { ToolCallPorts } from "./tool-call.ts";

/** What a call is judged by. */
export interface HoldContext {
  rules: readonly ApprovalRule[];
  run: Pick<RunIdentity, "componentId">;
  subject: string | null;
  nowMs: number;
}

/** What the calls of one turn are judged by: the policies as they are now. */
export async function holdContext({ ports }: ToolCallPorts): Promise<HoldContext> {
  return {
    rules: await ports.approvalRules(),
    run: ports.run,
    subject: ports.scope.subject,
    nowMs: ports.clock.nowMs(),
  };
}
