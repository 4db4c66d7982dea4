import type { RunTurn } from "../core/run-turns.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolCallPorts } from "./call-tool.ts";
import { callTools, type StartedCall } from "./call-tools.ts";
import { parseToolInput, type ToolInput } from "./parse-tool-input.ts";
import type { OpenCall } from "./resume-point.ts";

/**
 * Makes the calls that a dead driver has left open, under their old ids, and returns the turn with all its results.
 * Their beginnings stand in the journal already. Rejects only with the signal's reason.
 */
export async function finishTurn(
  context: ToolCallPorts,
  turn: RunTurn,
  open: readonly OpenCall[],
  tools: ReadonlyMap<string, Tool>,
): Promise<RunTurn> {
  const outcomes = await callTools(
    context,
    open.map((call) => startedAgain(call, tools, context.limits.toolInputChars)),
  );
  const finishedAtMs = context.ports.clock.nowMs();
  const calls = turn.calls.map((call) => {
    const outcome = outcomes[open.findIndex((one) => one.startedIndex === call.startedIndex)];
    if (outcome === undefined) return call;
    const tool = { ...call.tool, result: outcome.text, tool_call_error: outcome.isError };
    return { ...call, tool, finishedAtMs };
  });
  return { ...turn, calls };
}

function startedAgain(
  { tool: execution, refusal }: OpenCall,
  tools: ReadonlyMap<string, Tool>,
  maxChars: number,
): StartedCall {
  const { tool_call_id: id, tool_name: name, tool_args: args } = execution;
  const tool = tools.get(name);
  const input: ToolInput =
    refusal === null
      ? parseToolInput(tool, name, [...tools.keys()], JSON.stringify(args), maxChars)
      : { args, problem: refusal };
  return { call: { id, name, tool, input }, execution };
}
