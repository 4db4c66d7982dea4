import { budgetRequestOf, budgetSentence } from "./budget-request.ts";
import type { RequirementKind } from "./requirement.ts";
import type { ToolExecution } from "./tool-execution.ts";

/** What a run waits for, as far as its sentence goes. */
interface Waiting {
  kind: RequirementKind;
  asked: ToolExecution;
}

/** The sentence with which a paused run says what it waits for, in the wire's words. Empty when all is silent. */
export function pausedContent(waiting: readonly Waiting[]): string {
  const unknown = waiting.filter(({ kind }) => kind === "effect_unknown");
  const ordinary = waiting.filter(({ kind }) => kind !== "effect_unknown" && kind !== "budget");
  const names = [...new Set(unknown.map(({ asked }) => asked.tool_name))].join(", ");
  const sentences = [
    ...waiting.flatMap(({ kind, asked }) => (kind === "budget" ? askingForMoney(asked) : [])),
    ...(unknown.length === 0
      ? []
      : [`It is not known whether ${names} took effect: I need somebody to say so.`]),
    askingFor(ordinary.map(({ asked }) => asked)),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function askingForMoney(asked: ToolExecution): string[] {
  const request = budgetRequestOf(asked.tool_args);
  return request === null ? [] : [budgetSentence(request)];
}

function askingFor(tools: readonly ToolExecution[]): string {
  const confirmation = tools.some((tool) => tool.requires_confirmation === true);
  const input = tools.some((tool) => tool.requires_user_input === true);
  const external = tools.some(
    (tool) => tool.external_execution_required === true && tool.external_execution_silent !== true,
  );
  if (external && !confirmation && !input) {
    return "I have tools to execute, but it needs external execution.";
  }
  const wanted = [
    ...(confirmation ? ["confirmation"] : []),
    ...(input ? ["user input"] : []),
    ...(external ? ["external execution"] : []),
  ];
  if (wanted.length === 0) return "";
  const list = wanted.length === 3 ? `${wanted[0]}, ${wanted[1]}, or ${wanted[2]}` : wanted.join(" or ");
  return `I have tools to execute, but I need ${list}.`;
}
