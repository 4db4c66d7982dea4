import type { JsonObject } from "#lib/core/json.ts";
import { chooseTool, type OfferedTool } from "./choose-tool.ts";
import type { ToolOutcome } from "./read-prompt.ts";
import { splitRequest } from "./split-request.ts";

/** One tool call that the message asks for. */
interface PlannedCall {
  toolName: string;
  input: JsonObject;
  reason: string;
}

/** A part of the message that a tool could do if it were told more. */
export interface IncompleteCall {
  request: string;
  tool: OfferedTool;
  missing: string[];
}

export interface Plan {
  /** Stages run one after the other; the calls of one stage side by side. */
  stages: PlannedCall[][];
  incomplete: IncompleteCall[];
}

const RESULT_WORDS = /\b(?:the|that|this)\s+(?:result|answer|outcome|output)\b/gi;

/**
 * Plans the tool calls of a whole message. The same message and results give the same plan every time: nothing is
 * remembered between calls, so a paused or interrupted run goes on where it was.
 */
export function planStages(
  message: string,
  tools: readonly OfferedTool[],
  outcomes: readonly ToolOutcome[],
  parallel: boolean,
): Plan {
  const plan: Plan = { stages: [], incomplete: [] };
  let callsBefore = 0;
  for (const part of splitRequest(message, "sequence")) {
    const request = insertResult(part, outcomes[callsBefore - 1]);
    const stage = planRequest(request, tools, plan);
    if (stage.length === 0) continue;
    callsBefore += stage.length;
    const previous = plan.stages.at(-1);
    if (parallel && previous !== undefined) previous.push(...stage);
    else plan.stages.push(stage);
  }
  return plan;
}

/** `note the result` after a call means that call's result. */
function insertResult(request: string, outcome: ToolOutcome | undefined): string {
  if (outcome === undefined || outcome.kind !== "ok" || outcome.text.length > 500) return request;
  return request.replaceAll(RESULT_WORDS, () => outcome.text.replaceAll(/[{}]/g, " ").trim());
}

function planRequest(request: string, tools: readonly OfferedTool[], plan: Plan): PlannedCall[] {
  const halves = splitRequest(request, "conjunction").map((part) => ({
    part,
    choice: chooseTool(part, tools),
  }));
  const standAlone = halves.filter(({ choice }) => choice !== null && choice.arguments.missing.length === 0);
  // A conjunction counts only when every part of it is a call of its own: `bread and butter` is one note.
  const parts =
    standAlone.length === halves.length ? halves : [{ part: request, choice: chooseTool(request, tools) }];
  return parts.flatMap(({ part, choice }) => {
    if (choice === null) return [];
    if (choice.arguments.missing.length > 0) {
      plan.incomplete.push({ request: part, tool: choice.tool, missing: choice.arguments.missing });
      return [];
    }
    return [{ toolName: choice.tool.name, input: choice.arguments.input, reason: choice.reason }];
  });
}
