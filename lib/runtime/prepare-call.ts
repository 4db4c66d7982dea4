import type { JsonObject, JsonValue } from "../core/json.ts";
import { storableJson, storableText } from "../core/storable-json.ts";
import type { CallToPrepare, Tool, ToolHook } from "../core/tool.ts";
import { untilAborted } from "./abort-race.ts";
import { failureText } from "./failure-text.ts";
import { hashJson } from "./hash-json.ts";
import { isStopRun } from "./is-stop-run.ts";
import { parseToolInput } from "./parse-tool-input.ts";
import type { ToolCall, ToolCallPorts } from "./tool-call.ts";
import { toolContext } from "./tool-context.ts";

const PREPARED = new Error("The call is prepared.");

/**
 * A call of the model as its hooks want it made, outermost first: read anew with what they return, before anybody decides
 * about it and before its beginning is recorded. One whose hooks fail is refused. Rejects only with the signal's reason,
 * when the run is to stop.
 */
export async function prepareCall(context: ToolCallPorts, call: ToolCall): Promise<ToolCall> {
  const { tool, input } = call;
  const { toolHooks = [], clock } = context.ports;
  // A hook may mend what does not fit; what cannot be read, or is refused for another reason, is not for it.
  if (tool === undefined || (input.problem !== null && input.isMisfit !== true)) return call;
  const hooks = [...toolHooks, ...(tool.hooks ?? [])].filter((hook) => hook.prepare !== undefined);
  if (hooks.length === 0) return call;
  const { signal, limits } = context;
  signal.throwIfAborted();
  const abort = new AbortController();
  const onStop = () => abort.abort(signal.reason);
  signal.addEventListener("abort", onStop, { once: true });
  const timeoutMs = tool.timeoutMs ?? limits.toolMs;
  const cancelTimer = clock.after(timeoutMs, () =>
    abort.abort(
      new Error(`The hooks of the tool ${tool.name} did not finish within ${timeoutMs / 1000} seconds.`),
    ),
  );
  try {
    const told = toldOf(context, call, tool, abort.signal);
    return readAnew(
      call,
      tool,
      await untilAborted(prepared(hooks, told), abort.signal),
      limits.toolInputChars,
    );
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const stops = isStopRun(error);
    // What the model has to mend first says more than how a hook has stumbled over it.
    if (input.problem !== null && !stops) return call;
    const problem = storableText(failureText(error, limits.toolResultChars));
    return { ...call, input: { args: input.args, problem, ...(stops ? { stops } : {}) } };
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", onStop);
    abort.abort(PREPARED);
  }
}

async function prepared(hooks: readonly ToolHook[], call: CallToPrepare): Promise<JsonObject> {
  let { args } = call;
  for (const hook of hooks) {
    call.context.signal.throwIfAborted();
    args = jsonOf(hook, await hook.prepare?.({ ...call, args: structuredClone(args) }));
  }
  return args;
}

/** What a hook has returned, as the journal keeps it. */
function jsonOf({ name }: ToolHook, returned: JsonObject | undefined): JsonObject {
  const json = JSON.stringify(returned) as string | undefined;
  const value = json === undefined ? null : storableJson(JSON.parse(json) as JsonValue).value;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Error(`The hook ${name} has returned no arguments: the tool was not called.`);
  }
  return value;
}

/** Read as the model's own words are, so that whoever reads it from the journal reads the same. */
function readAnew(call: ToolCall, tool: Tool, args: JsonObject, maxChars: number): ToolCall {
  const { input } = call;
  if (hashJson(args) === hashJson(input.args)) return call;
  const read = parseToolInput(tool, call.name, [], JSON.stringify(args), maxChars);
  const askedArgs = input.args;
  if (read.problem === null) return { ...call, input: read, askedArgs };
  return {
    ...call,
    askedArgs,
    input: { ...read, problem: `A hook has changed the arguments. ${read.problem}` },
  };
}

function toldOf(context: ToolCallPorts, call: ToolCall, tool: Tool, signal: AbortSignal): CallToPrepare {
  const { scope, runId, sessionId, toolCallId, files, dependencies, metadata, sessionState } = toolContext(
    context,
    call.id,
    signal,
  );
  return {
    toolName: tool.name,
    toolCallId,
    effect: tool.effect,
    args: call.input.args,
    context: {
      scope,
      runId,
      sessionId,
      toolCallId,
      signal,
      // What is set before the call is written down, nobody would save.
      sessionState: { get: () => sessionState.get() },
      files,
      dependencies,
      metadata,
      nowMs: () => context.ports.clock.nowMs(),
    },
  };
}
