import type { JsonObject } from "../core/json.ts";
import type { Tool } from "../core/tool.ts";
import type { ToolCall, ToolCallPorts } from "./tool-call.ts";
import { holdCall } from "./hold-call.ts";
import { holdContext } from "./hold-context.ts";
import { parseWholeInput } from "./parse-tool-input.ts";

/**
 * Reads arguments that a hook around a call has put in place of the call's. Throws an Error when they do not fit the tool, when people have
 * decided about the call as it was, when somebody would have to decide about it as it is now, or when the tool writes.
 */
export async function changedInput(
  context: ToolCallPorts,
  call: ToolCall,
  tool: Tool,
  args: JsonObject,
): Promise<unknown> {
  const input = parseWholeInput(tool, args);
  if (input.problem !== null) throw new Error(`A hook has changed the arguments. ${input.problem}`);
  const isDecided = call.decided !== undefined;
  if (isDecided || holdCall({ ...call, tool, input }, 0, await holdContext(context)) !== null) {
    throw new Error(
      isDecided
        ? `The tool ${tool.name} was not executed: a hook has changed the arguments that a person has decided about.`
        : `The tool ${tool.name} was not executed: with the arguments that a hook has put in, a person has to decide about it.`,
    );
  }
  // Its claim and, if nobody knows what it did, the question to a person are about the arguments in the journal.
  if (tool.effect === "write") {
    throw new Error(
      `The tool ${tool.name} was not executed: it writes, and a hook may not change what it is told to write.`,
    );
  }
  return input.parsed;
}
