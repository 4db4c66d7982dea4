import type { LanguageModelV4Message } from "@ai-sdk/provider";
import type { RunTurn } from "../core/run-turns.ts";
import { assistantMessage } from "./assistant-message.ts";
import { toolMessage } from "./tool-message.ts";
import { completionSchema, internalRecord, type JournalInternals } from "./internal-record.ts";

/**
 * A turn as the model is told of it: what it said and called, and the results. A call without a result is left out,
 * for providers refuse those.
 */
export function turnMessages(turn: RunTurn, internals: JournalInternals): LanguageModelV4Message[] {
  const answered = turn.calls.filter((call) => call.finishedAtMs !== null);
  // Providers check that what they want back comes back whole; a turn that broke off is told without it.
  const whole = turn.completed !== null && answered.length === turn.calls.length;
  const said = assistantMessage(
    turn.text,
    turn.reasoning,
    answered.map(({ tool }) => ({ id: tool.tool_call_id, name: tool.tool_name, input: tool.tool_args })),
    whole ? storedLayout(turn, internals) : undefined,
  );
  if (said === null) return [];
  if (answered.length === 0) return [said];
  const results = answered.map(({ tool }) => ({
    id: tool.tool_call_id,
    name: tool.tool_name,
    outcome: { text: tool.result ?? "", isError: tool.tool_call_error === true },
  }));
  return [said, toolMessage(results)];
}

function storedLayout(turn: RunTurn, internals: JournalInternals) {
  if (turn.completedIndex === null) return undefined;
  return internalRecord(internals, turn.completedIndex, completionSchema)?.layout;
}
