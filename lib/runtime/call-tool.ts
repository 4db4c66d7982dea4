import type { EffectClaim, EffectEnd } from "../core/effect.ts";
import { failPoint } from "../core/fail-point.ts";
import type { JsonValue } from "../core/json.ts";
import { storableText } from "../core/storable-json.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { untilAborted } from "./abort-race.ts";
import { describeToolCall } from "./describe-tool-call.ts";
import type { EffectsAtWork } from "./effects-at-work.ts";
import { hashJson } from "./hash-json.ts";
import type { CallDecision } from "./internal-record.ts";
import { isOutcomeUnknown } from "./is-outcome-unknown.ts";
import { newExecution } from "./new-execution.ts";
import type { ToolInput } from "./parse-tool-input.ts";
import type { RunPorts } from "./ports.ts";
import type { Reservation } from "./reservation.ts";
import type { Reservations } from "./reservations.ts";
import type { RunLimits } from "./run-limits.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { SessionState } from "./session-state.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { toolResultText } from "./tool-result-text.ts";

/** One call of a turn, read and checked. */
export interface ToolCall {
  id: string;
  name: string;
  tool: Tool | undefined;
  input: ToolInput;
  /** Which time it is begun; 1 unless a person has said that it did not happen before. */
  attempt: number;
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
  ports: Pick<RunPorts, "run" | "scope" | "budget" | "clock" | "newId" | "approvalRules">;
  limits: RunLimits;
  recorder: RunRecorder;
  sessionState: SessionState;
  effects: EffectsAtWork;
  paid: Reservations;
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

/** The tool may have changed the world, or not: nobody can tell. */
const UNKNOWN = "unknown";

/** Records the beginning of a call, and claims its effect where it has one; `callTool` records its end. */
export function recordToolCallStart(context: ToolCallPorts, call: ToolCall): ToolExecution {
  const execution =
    call.decided?.tool ?? newExecution(call.id, call.name, call.input.args, context.ports.clock.nowMs());
  // What whoever finds the call without an end must know: may it be made again?
  const internal = {
    ...(call.tool === undefined ? {} : { effect: call.tool.effect }),
    ...(call.input.problem === null ? {} : { refusal: call.input.problem }),
  };
  const effectClaim = claimOf(context, call);
  if (effectClaim !== undefined) context.effects.claim({ execution, attempt: call.attempt });
  context.recorder.record({ type: "ToolCallStarted", tool: execution }, { internal, effectClaim });
  return execution;
}

/**
 * The only caller of a tool's execute: time limit, result as text, recording. Whatever goes wrong becomes an
 * error that the model sees, unless nobody knows what the tool did: then nothing is recorded, and null is returned.
 * Rejects only with the signal's reason, when the run is to stop.
 */
export async function callTool(
  context: ToolCallPorts,
  call: ToolCall,
  started: ToolExecution,
): Promise<ToolOutcome | null> {
  const { clock } = context.ports;
  const startMs = clock.nowMs();
  const startedAt = clock.monotonicMs();
  const paid = context.paid.take(call.id);
  const outcome = await execute(context, call, paid);
  // A call that failed counts, too: whoever was asked may charge for it.
  await paid?.settle(paid.amountMicroUsd);
  const changedState = context.sessionState.takeChanged();
  if (changedState !== null) context.recorder.saveSessionState(changedState);
  if (outcome === UNKNOWN) return null;
  const duration = (clock.monotonicMs() - startedAt) / 1000;
  const tool: ToolExecution = {
    ...started,
    tool_call_error: outcome.isError,
    result: outcome.text,
    metrics: { start_time: startMs / 1000, end_time: startMs / 1000 + duration, duration },
  };
  const content = describeToolCall(call.name, call.input.args, duration);
  const effectEnds = endOf(context, call, outcome);
  context.recorder.record({ type: "ToolCallCompleted", tool, content }, { effectEnds });
  if (outcome.isError) context.recorder.record({ type: "ToolCallError", tool, error: outcome.text });
  return outcome;
}

/** A fixed reason: making one for every call costs more than the rest of it. */
const CALL_OVER = new Error("The tool call is over.");

async function execute(
  context: ToolCallPorts,
  call: ToolCall,
  paid: Reservation | undefined,
): Promise<ToolOutcome | typeof UNKNOWN> {
  const { tool, input } = call;
  if (input.problem !== null) return failure(input.problem);
  if (tool === undefined) return failure(`There is no tool named "${call.name}".`);
  const { signal, limits } = context;
  const abort = new AbortController();
  const onStop = () => abort.abort(signal.reason);
  signal.addEventListener("abort", onStop, { once: true });
  let cancelTimer: () => void = () => undefined;
  try {
    // What changes the world must be in the journal, and claimed, before it happens.
    if (tool.effect !== "read") await context.recorder.committed();
    signal.throwIfAborted();
    const timeoutMs = tool.timeoutMs ?? limits.toolMs;
    cancelTimer = context.ports.clock.after(timeoutMs, () =>
      abort.abort(new Error(`The tool ${tool.name} did not finish within ${timeoutMs / 1000} seconds.`)),
    );
    failPoint("tool-before-execute");
    context.effects.begin(call.id);
    paid?.begin();
    const result = await untilAborted(run(context, call.id, tool, input.parsed, abort.signal), abort.signal);
    context.effects.end(call.id);
    failPoint("tool-executed");
    return { text: textOf(tool, result, limits.toolResultChars), isError: false };
  } catch (error) {
    if (abort.signal.aborted || isOutcomeUnknown(error)) await paid?.die();
    if (signal.aborted) throw signal.reason;
    const reason = abort.signal.aborted ? abort.signal.reason : error;
    // It stays at work until the run waits for a person with it: the run may be stopped before that.
    if (context.effects.isBegun(call.id) && (abort.signal.aborted || isOutcomeUnknown(error))) return UNKNOWN;
    context.effects.end(call.id);
    return failure(errorText(reason, limits.toolResultChars));
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
    idempotencyKey: idempotencyKeyOf(identity.runId, toolCallId),
    signal,
    sessionState: context.sessionState.handle(() => signal.aborted),
    nowMs: () => clock.nowMs(),
  });
}

function claimOf({ ports }: ToolCallPorts, call: ToolCall): EffectClaim | undefined {
  const { tool, input } = call;
  if (tool?.effect !== "write" || input.problem !== null) return undefined;
  const { runId } = ports.run;
  return {
    runId,
    toolCallId: call.id,
    attempt: call.attempt,
    toolName: tool.name,
    toolFingerprint: toolFingerprint(tool),
    argumentsHash: hashJson(input.args),
    idempotencyKey: idempotencyKeyOf(runId, call.id),
    claimedAtMs: ports.clock.nowMs(),
  };
}

function endOf({ ports }: ToolCallPorts, call: ToolCall, outcome: ToolOutcome): EffectEnd[] {
  if (call.tool?.effect !== "write" || call.input.problem !== null) return [];
  const status = outcome.isError ? "failed" : "committed";
  return [{ runId: ports.run.runId, toolCallId: call.id, attempt: call.attempt, status }];
}

/** The same for every attempt of a call: a system that honours it takes the call once. */
function idempotencyKeyOf(runId: string, toolCallId: string): string {
  return `${runId}:${toolCallId}`;
}

/** A tool that has changed the world has done so, whatever its result looks like. */
function textOf(tool: Tool, result: JsonValue, maxChars: number): string {
  try {
    return toolResultText(result, maxChars);
  } catch (error) {
    if (tool.effect === "read") throw error;
    return `The tool ${tool.name} is done; its result cannot be shown.`;
  }
}

function failure(text: string): ToolOutcome {
  return { text: storableText(text), isError: true };
}

function errorText(error: unknown, maxChars: number): string {
  const message = error instanceof Error && error.message !== "" ? error.message : "The tool failed.";
  return message.slice(0, maxChars);
}
