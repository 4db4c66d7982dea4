import type { ToolExecution } from "./tool-execution.ts";

/** What the model is told of a call that a person has refused without a word. */
const REFUSAL = "Function call was rejected by the user";

/** What a finished call's message says: its result, or why a person has refused it. */
export function toolAnswer(tool: ToolExecution): string {
  if (tool.result !== null) return tool.result;
  return tool.confirmed === false ? (tool.confirmation_note ?? REFUSAL) : "";
}
