import type { RunTurn } from "../core/run-turns.ts";
import type { Tool } from "../core/tool.ts";
import { recordToolCallStart } from "./call-tool.ts";
import type { ToolCall, ToolCallPorts } from "./tool-call.ts";
import { callTools } from "./call-tools.ts";
import { hashJson } from "./hash-json.ts";
import { type HeldCall, holdCall } from "./hold-call.ts";
import { type HoldContext, holdContext } from "./hold-context.ts";
import { holdUnknown } from "./hold-unknown.ts";
import { payForToolCalls } from "./pay-for-tool-calls.ts";
import { parseToolInput, type ToolInput } from "./parse-tool-input.ts";
import type { OpenCall } from "./resume-point.ts";
import { toolFingerprint } from "./tool-fingerprint.ts";

/** A turn with what has become of its calls. */
export interface FinishedTurn {
  turn: RunTurn;
  held: readonly HeldCall[];
  /** Files that its results have brought, by hash. */
  files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Makes the calls that a driver has left open, under their old ids, and returns the turn with their results, and those
 * that have to wait for a person. Those that had begun go by what the journal says of their beginning.
 * Rejects only with the signal's reason.
 */
export async function finishTurn(
  context: ToolCallPorts,
  turn: RunTurn,
  open: readonly OpenCall[],
  tools: ReadonlyMap<string, Tool>,
): Promise<FinishedTurn> {
  const judging = await holdContext(context);
  const held: HeldCall[] = [];
  const free: { open: OpenCall; call: ToolCall }[] = [];
  for (const one of open) {
    const call = readAgain(one, tools, context.limits.toolInputChars);
    const hold = holdOf(one, call, judging);
    if (hold === null) free.push({ open: one, call });
    else held.push(hold);
  }
  const paid = await payForToolCalls(
    context,
    free.map(({ call }) => call),
  );
  if (paid.held !== null) held.push(paid.held);
  const made = free.filter(({ call }) => !paid.blocked.has(call));
  const outcomes = await callTools(
    context,
    made.map(({ open: { progress, tool }, call }) => ({
      call,
      execution: progress === "waiting" ? recordToolCallStart(context, call) : tool,
    })),
  );
  for (const [at, { open: one, call }] of made.entries()) {
    if (outcomes[at] !== null) continue;
    const { tool: execution, position } = one;
    held.push(holdUnknown({ call, execution, position, attempt: call.attempt }, judging));
  }
  const files = new Map<string, Uint8Array>();
  const finishedAtMs = context.ports.clock.nowMs();
  const calls = turn.calls.map((call) => {
    const at = made.findIndex(({ open: one }) => one.position === call.position);
    const outcome = outcomes[at];
    if (outcome === undefined || outcome === null) return call;
    const { text: result, isError, stops = false, media = [] } = outcome;
    const tool = { ...call.tool, result, tool_call_error: isError, stop_after_tool_call: stops };
    for (const [place, { hash }] of media.entries()) {
      const file = outcome.files?.[place];
      if (file !== undefined) files.set(hash, file.bytes);
    }
    return { ...call, tool, finishedAtMs, ...(media.length === 0 ? {} : { media }) };
  });
  return { turn: { ...turn, calls }, held, files };
}

function holdOf(open: OpenCall, call: ToolCall, judging: HoldContext): HeldCall | null {
  const { tool: execution, position, attempts: attempt } = open;
  const unknown = { call, execution, position, attempt };
  switch (open.progress) {
    case "waiting":
      if (attempt > 0 && !isReleased(call)) return holdUnknown(unknown, judging);
      return holdCall(call, position, judging);
    case "begun":
      // What has begun was allowed to.
      return null;
    case "unknown":
      return holdUnknown(unknown, judging);
  }
}

/** True when a person has said that the call did not happen, and that this tool is to make it with these arguments. */
function isReleased({ tool, input, decided }: ToolCall): boolean {
  if (tool === undefined || decided === undefined) return false;
  const fingerprint = toolFingerprint(tool);
  const argumentsHash = hashJson(input.args);
  return decided.decisions.some(
    (decision) =>
      decision.kind === "effect_unknown" &&
      decision.tool_fingerprint === fingerprint &&
      decision.arguments_hash === argumentsHash,
  );
}

/** The call as the journal has it: what hooks have prepared, and people have left, is not prepared again. */
function readAgain(
  { tool: execution, refusal, stops, decisions, attempts, askedArgs, preparedArgs }: OpenCall,
  tools: ReadonlyMap<string, Tool>,
  maxChars: number,
): ToolCall {
  const { tool_call_id: id, tool_name: name, tool_args: args } = execution;
  const tool = tools.get(name);
  const input: ToolInput =
    refusal === null
      ? parseToolInput(tool, name, [...tools.keys()], JSON.stringify(args), maxChars)
      : { args, problem: refusal, ...(stops === undefined ? {} : { stops }) };
  return {
    id,
    name,
    tool,
    input,
    attempt: attempts + 1,
    ...(preparedArgs === undefined ? {} : { askedArgs }),
    ...(decisions.length === 0 ? {} : { decided: { tool: execution, decisions } }),
  };
}
