import type { ToolContext } from "../core/tool.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import type { ToolCallPorts } from "./tool-call.ts";

/** What a tool is told about the run that makes a call of it. With the signal its handle on the session's state ends. */
export function toolContext(context: ToolCallPorts, toolCallId: string, signal: AbortSignal): ToolContext {
  const { scope, run: identity, clock, input } = context.ports;
  // Copies: what is given belongs to the run, or to the agent and with it to everybody's runs.
  const { dependencies, metadata = {} } = structuredClone({
    dependencies: context.given.dependencies,
    metadata: context.given.metadata,
  });
  return {
    scope,
    runId: identity.runId,
    sessionId: identity.sessionId,
    toolCallId,
    idempotencyKey: idempotencyKey(identity.runId, toolCallId),
    signal,
    sessionState: context.sessionState.handle(() => signal.aborted),
    files: input.files,
    dependencies,
    metadata,
    nowMs: () => clock.nowMs(),
  };
}
