import type { EffectClaim, EffectEnd } from "../core/effect.ts";
import { failPoint } from "../core/fail-point.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import { storableText } from "../core/storable-json.ts";
import type { Tool } from "../core/tool.ts";
import { ToolResult } from "../core/tool-result.ts";
import type { ToolExecution } from "../core/tool-execution.ts";
import { untilAborted } from "./abort-race.ts";
import { describeToolCall } from "./describe-tool-call.ts";
import { changedInput } from "./changed-input.ts";
import { failureText } from "./failure-text.ts";
import { hashJson } from "./hash-json.ts";
import { HookedExecution } from "./hooked-execution.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { keepMedia } from "./keep-media.ts";
import { isOutcomeUnknown } from "./is-outcome-unknown.ts";
import { isStopRun } from "./is-stop-run.ts";
import { newExecution } from "./new-execution.ts";
import type { ReadInput } from "./parse-tool-input.ts";
import type { Reservation } from "./reservation.ts";
import type { ToolCall, ToolCallPorts, ToolOutcome } from "./tool-call.ts";
import { toolContext } from "./tool-context.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";
import { toolResultText } from "./tool-result-text.ts";

/** A call that was made. */
interface MadeCall extends ToolOutcome {
  execution?: HookedExecution;
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
    ...(call.input.problem !== null && call.input.stops === true ? { stops: true } : {}),
  };
  const effectClaim = claimOf(context, call);
  if (effectClaim !== undefined) context.effects.claim({ execution, attempt: call.attempt });
  const asked = call.askedArgs === undefined ? {} : { asked_args: call.askedArgs };
  context.recorder.record({ type: "ToolCallStarted", tool: execution, ...asked }, { internal, effectClaim });
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
  const { text, isError, stops = false, media = [], execution } = outcome;
  const tool: ToolExecution = {
    ...started,
    tool_call_error: isError,
    result: text,
    stop_after_tool_call: stops,
    metrics: { start_time: startMs / 1000, end_time: startMs / 1000 + duration, duration },
  };
  const changedArgs = execution?.changedArgs ?? null;
  const content = describeToolCall(call.name, changedArgs ?? call.input.args, duration);
  const effectEnds = endOf(context, call, outcome);
  context.recorder.record(
    {
      type: "ToolCallCompleted",
      tool,
      content,
      ...(media.length === 0 ? {} : { media: [...media] }),
      ...(changedArgs === null ? {} : { changed_args: changedArgs }),
      ...(execution?.isFromCache === true ? { from_cache: true as const } : {}),
    },
    { effectEnds },
  );
  if (isError) context.recorder.record({ type: "ToolCallError", tool, error: text });
  else if (call.tool?.reasoningStep !== undefined && call.input.problem === null) {
    context.reason(call.tool.reasoningStep(call.input.parsed));
  }
  // In one go with the result: whoever goes on finds both, or neither.
  if (stops || (call.tool?.showResult === true && !isError)) context.show(text);
  return outcome;
}

/** A fixed reason: making one for every call costs more than the rest of it. */
const CALL_OVER = new Error("The tool call is over.");

async function execute(
  context: ToolCallPorts,
  call: ToolCall,
  paid: Reservation | undefined,
): Promise<MadeCall | typeof UNKNOWN> {
  const { tool, input } = call;
  if (input.problem !== null) return { ...failure(input.problem), stops: input.stops === true };
  if (tool === undefined) return failure(`There is no tool named "${call.name}".`);
  const { signal, limits } = context;
  const abort = new AbortController();
  const onStop = () => abort.abort(signal.reason);
  signal.addEventListener("abort", onStop, { once: true });
  let cancelTimer: () => void = () => undefined;
  const execution = hookedExecution(context, call, tool, input, abort.signal, {
    // What was set aside is its price once.
    isPaid: paid !== undefined,
    begin() {
      failPoint("tool-before-execute");
      context.effects.begin(call.id);
      paid?.begin();
    },
  });
  try {
    // What changes the world must be in the journal, and claimed, before it happens.
    if (tool.effect !== "read") await context.recorder.committed();
    signal.throwIfAborted();
    const timeoutMs = tool.timeoutMs ?? limits.toolMs;
    cancelTimer = context.ports.clock.after(timeoutMs, () =>
      abort.abort(new Error(`The tool ${tool.name} did not finish within ${timeoutMs / 1000} seconds.`)),
    );
    const result = await untilAborted(execution.run(), abort.signal);
    failPoint("tool-executed");
    if (context.effects.isBegun(call.id) && execution.isUnknown) return UNKNOWN;
    const made = await resultOf(context, tool, result, execution);
    context.effects.end(call.id);
    return made;
  } catch (error) {
    const isDone = execution.end === "done";
    if (isDone) await paid?.settle(paid.amountMicroUsd);
    else if (abort.signal.aborted || isOutcomeUnknown(error)) await paid?.die();
    if (signal.aborted) throw signal.reason;
    const reason = abort.signal.aborted ? abort.signal.reason : error;
    const isUnknown = execution.isUnknown || (!isDone && (abort.signal.aborted || isOutcomeUnknown(error)));
    // It stays at work until the run waits for a person with it: the run may be stopped before that.
    if (context.effects.isBegun(call.id) && isUnknown) return UNKNOWN;
    context.effects.end(call.id);
    // What has changed the world has done so, whatever was made of its result.
    if (isDone && tool.effect !== "read" && !isStopRun(reason)) return { ...doneWithout(tool), execution };
    return { ...failure(failureText(reason, limits.toolResultChars)), stops: isStopRun(reason), execution };
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", onStop);
    // Ends the handle on the session's state, and whatever the tool left running.
    abort.abort(CALL_OVER);
  }
}

/** Why a call is executed once at most, whatever its hooks ask for; null when it may be more often. */
function onceFor(tool: Tool, isPaid: boolean): string | null {
  if (tool.effect === "write") return "writes";
  return isPaid ? "has a price under a budget" : null;
}

/** The call within its hooks; `begin` is told right before the tool itself is executed. */
function hookedExecution(
  context: ToolCallPorts,
  call: ToolCall,
  tool: Tool,
  input: ReadInput,
  signal: AbortSignal,
  { isPaid, begin }: { isPaid: boolean; begin: () => void },
): HookedExecution {
  const { toolCache: port, toolHooks = [] } = context.ports;
  const told = toolContext(context, call.id, signal);
  const { cacheTtlSeconds: ttlSeconds } = tool;
  const isKept = port !== undefined && ttlSeconds !== undefined && tool.effect === "read";
  return new HookedExecution(
    {
      hooks: [...toolHooks, ...(tool.hooks ?? [])],
      call: {
        toolName: tool.name,
        toolCallId: call.id,
        effect: tool.effect,
        args: input.args,
        context: told,
      },
      cache: isKept ? { port, ttlSeconds, keyOf: (args) => cacheKey(context, tool, args) } : null,
      read: (args) => changedInput(context, call, tool, args),
      execute: async (parsed) => {
        begin();
        return tool.execute(parsed, told);
      },
      once: onceFor(tool, isPaid),
      signal,
    },
    input.parsed,
  );
}

/** The same call of the same tool, for the same person, in the same session, given the same. */
function cacheKey({ ports, given }: ToolCallPorts, tool: Tool, args: JsonObject): string {
  const { scope, run } = ports;
  const place = [scope.organizationId, scope.subject, run.sessionId];
  return hashJson([tool.name, toolFingerprint(tool), args, ...place, given.dependencies]);
}

/** What a call brings, as the model and the journal get it. */
async function resultOf(
  { ports, limits }: ToolCallPorts,
  tool: Tool,
  result: JsonValue | ToolResult,
  execution: HookedExecution,
): Promise<MadeCall> {
  const { content, media: files } = ToolResult.isInstance(result) ? result : { content: result, media: [] };
  const text = textOf(tool, content, limits.toolResultChars);
  const stops = tool.stopAfterCall === true;
  if (files.length === 0) return { text, isError: false, stops, execution };
  const media = await keepMedia(ports, files);
  const named = media.map(({ filename, mime_type: type }) => `[File: ${filename} (${type})]`).join("\n");
  return { text: storableText(`${text}\n${named}`), isError: false, stops, files, media, execution };
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
    idempotencyKey: idempotencyKey(runId, call.id),
    claimedAtMs: ports.clock.nowMs(),
  };
}

function endOf({ ports }: ToolCallPorts, call: ToolCall, outcome: MadeCall): EffectEnd[] {
  if (call.tool?.effect !== "write" || call.input.problem !== null) return [];
  // What the tool itself came to counts, not what its hooks have made of it.
  const status = outcome.execution?.end === "done" ? "committed" : "failed";
  return [{ runId: ports.run.runId, toolCallId: call.id, attempt: call.attempt, status }];
}

/** A tool that has changed the world has done so, whatever its result looks like. */
function textOf(tool: Tool, result: JsonValue, maxChars: number): string {
  try {
    return toolResultText(result, maxChars);
  } catch (error) {
    if (tool.effect === "read") throw error;
    return doneWithout(tool).text;
  }
}

function doneWithout(tool: Tool): ToolOutcome {
  return { text: `The tool ${tool.name} is done; its result cannot be shown.`, isError: false };
}

function failure(text: string): ToolOutcome {
  return { text: storableText(text), isError: true };
}
