import type { RunTurn } from "../core/run-turns.ts";
import type { Tool } from "../core/tool.ts";
import { recordToolCallStart, type ToolCall, type ToolCallPorts } from "./call-tool.ts";
import { callTools } from "./call-tools.ts";
import { type HeldCall, holdCall } from "./hold-call.ts";
import { holdContext } from "./hold-context.ts";
import { parseToolInput, type ToolInput } from "./parse-tool-input.ts";
import type { OpenCall } from "./resume-point.ts";

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
): Promise<{ turn: RunTurn; held: HeldCall[] }> {
  const judging = await holdContext(context);
  const held: HeldCall[] = [];
  const made: { open: OpenCall; call: ToolCall }[] = [];
  for (const one of open) {
    const call = readAgain(one, tools, context.limits.toolInputChars);
    // What has begun was allowed to.
    const hold = one.startedIndex === null ? holdCall(call, one.position, judging) : null;
    if (hold === null) made.push({ open: one, call });
    else held.push(hold);
  }
  const outcomes = await callTools(
    context,
    made.map(({ open: { startedIndex, tool }, call }) => ({
      call,
      execution: startedIndex === null ? recordToolCallStart(context, call) : tool,
    })),
  );
  const finishedAtMs = context.ports.clock.nowMs();
  const calls = turn.calls.map((call) => {
    const at = made.findIndex(({ open: one }) => one.position === call.position);
    const outcome = outcomes[at];
    if (outcome === undefined) return call;
    const tool = { ...call.tool, result: outcome.text, tool_call_error: outcome.isError };
    return { ...call, tool, finishedAtMs };
  });
  return { turn: { ...turn, calls }, held };
}

function readAgain(
  { tool: execution, refusal, decisions }: OpenCall,
  tools: ReadonlyMap<string, Tool>,
  maxChars: number,
): ToolCall {
  const { tool_call_id: id, tool_name: name, tool_args: args } = execution;
  const tool = tools.get(name);
  const input: ToolInput =
    refusal === null
      ? parseToolInput(tool, name, [...tools.keys()], JSON.stringify(args), maxChars)
      : { args, problem: refusal };
  return {
    id,
    name,
    tool,
    input,
    ...(decisions.length === 0 ? {} : { decided: { tool: execution, decisions } }),
  };
}
