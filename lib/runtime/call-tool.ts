import { failPoint } from "../core/fail-point.ts";
import { storableText } from "../core/storable-json.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { untilAborted } from "./abort-race.ts";
import { describeToolCall } from "./describe-tool-call.ts";
import type { CallDecision } from "./internal-record.ts";
import { newExecution } from "./new-execution.ts";
import type { ToolInput } from "./parse-tool-input.ts";
import type { RunPorts } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { SessionState } from "./session-state.ts";
import { toolResultText } from "./tool-result-text.ts";

/** One call of a turn, read and checked. */
export interface ToolCall {
  id: string;
  name: string;
  tool: Tool | undefined;
  input: ToolInput;
  /** The call as a person has left it; absent when it has waited for nobody. */
  decided?: DecidedCall;
}

/** A call that people have decided about. */
export interface DecidedCall {
  tool: ToolExecution;
  decisions: readonly CallDecision[];
}

/** What calling tools needs of its run. */
export interface ToolCallPorts {
  ports: Pick<RunPorts, "run" | "scope" | "gates" | "clock" | "approvalRules">;
  limits: RunLimits;
  recorder: RunRecorder;
  sessionState: SessionState;
  /** Aborts when the run is to stop. */
  signal: AbortSignal;
}

/** What the model is told about a call. */
export interface ToolOutcome {
  text: string;
  isError: boolean;
  /** A person has refused the call. */
  isRefused?: boolean;
}

/** Records the beginning of a call; `callTool` records its end. */
export function recordToolCallStart(context: ToolCallPorts, call: ToolCall): ToolExecution {
  const execution =
    call.decided?.tool ?? newExecution(call.id, call.name, call.input.args, context.ports.clock.nowMs());
  // What whoever finds the call without an end must know: may it be made again?
  const internal = {
    ...(call.tool === undefined ? {} : { effect: call.tool.effect }),
    ...(call.input.problem === null ? {} : { refusal: call.input.problem }),
  };
  context.recorder.record({ type: "ToolCallStarted", tool: execution }, { internal });
  return execution;
}

/**
 * The only caller of a tool's execute: gate, time limit, result as text, recording. Whatever goes wrong becomes an
 * error that the model sees. Rejects only with the signal's reason, when the run is to stop.
 */
export async function callTool(
  context: ToolCallPorts,
  call: ToolCall,
  started: ToolExecution,
): Promise<ToolOutcome> {
  const { clock } = context.ports;
  const startMs = clock.nowMs();
  const startedAt = clock.monotonicMs();
  const outcome = await execute(context, call);
  const duration = (clock.monotonicMs() - startedAt) / 1000;
  const tool: ToolExecution = {
    ...started,
    tool_call_error: outcome.isError,
    result: outcome.text,
    metrics: { start_time: startMs / 1000, end_time: startMs / 1000 + duration, duration },
  };
  const changedState = context.sessionState.takeChanged();
  if (changedState !== null) context.recorder.saveSessionState(changedState);
  const content = describeToolCall(call.name, call.input.args, duration);
  context.recorder.record({ type: "ToolCallCompleted", tool, content });
  if (outcome.isError) context.recorder.record({ type: "ToolCallError", tool, error: outcome.text });
  return outcome;
}

/** A fixed reason: making one for every call costs more than the rest of it. */
const CALL_OVER = new Error("The tool call is over.");

async function execute(context: ToolCallPorts, call: ToolCall): Promise<ToolOutcome> {
  const { tool, input } = call;
  if (input.problem !== null) return failure(input.problem);
  if (tool === undefined) return failure(`There is no tool named "${call.name}".`);
  const { signal, limits } = context;
  const abort = new AbortController();
  const onStop = () => abort.abort(signal.reason);
  signal.addEventListener("abort", onStop, { once: true });
  let cancelTimer: () => void = () => undefined;
  try {
    const { runId } = context.ports.run;
    const described = { runId, toolCallId: call.id, toolName: tool.name, effect: tool.effect };
    await untilAborted(context.ports.gates.beforeToolCall({ ...described, input: input.parsed }), signal);
    // What changes the world must be in the journal before it happens.
    if (tool.effect !== "read") await context.recorder.committed();
    signal.throwIfAborted();
    const timeoutMs = tool.timeoutMs ?? limits.toolMs;
    cancelTimer = context.ports.clock.after(timeoutMs, () =>
      abort.abort(new Error(timeoutText(tool, timeoutMs))),
    );
    failPoint("tool-before-execute");
    const result = await untilAborted(run(context, call.id, tool, input.parsed, abort.signal), abort.signal);
    failPoint("tool-executed");
    return { text: toolResultText(result, limits.toolResultChars), isError: false };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return failure(errorText(abort.signal.aborted ? abort.signal.reason : error, limits.toolResultChars));
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", onStop);
    // Ends the handle on the session's state, and whatever the tool left running.
    abort.abort(CALL_OVER);
  }
}

async function run(
  context: ToolCallPorts,
  toolCallId: string,
  tool: Tool,
  input: unknown,
  signal: AbortSignal,
) {
  const { scope, run: identity, clock } = context.ports;
  return tool.execute(input, {
    scope,
    runId: identity.runId,
    sessionId: identity.sessionId,
    toolCallId,
    signal,
    sessionState: context.sessionState.handle(() => signal.aborted),
    nowMs: () => clock.nowMs(),
  });
}

function failure(text: string): ToolOutcome {
  return { text: storableText(text), isError: true };
}

function timeoutText(tool: Tool, timeoutMs: number): string {
  const sentence = `The tool ${tool.name} did not finish within ${timeoutMs / 1000} seconds.`;
  return tool.effect === "write"
    ? `${sentence} It is not known whether it took effect; do not call it again without asking.`
    : sentence;
}

function errorText(error: unknown, maxChars: number): string {
  const message = error instanceof Error && error.message !== "" ? error.message : "The tool failed.";
  return message.slice(0, maxChars);
}
