import type { JournalEvent } from "./journal.ts";
import type { RunEventBodyOf } from "./run-event.ts";
import type { ToolExecution } from "./tool-execution.ts";

/** One model call of a run as its events tell it, with the tool calls that followed. */
export interface RunTurn {
  /** Index of its ModelRequestStarted, and of its ModelRequestCompleted; the latter null when it broke off. */
  startIndex: number;
  completedIndex: number | null;
  createdAtMs: number;
  text: string;
  reasoning: string;
  completed: RunEventBodyOf<"ModelRequestCompleted"> | null;
  /** In the order of the calls. */
  calls: TurnToolCall[];
}

/** A tool call of a turn. */
export interface TurnToolCall {
  tool: ToolExecution;
  /** Index of its ToolCallStarted. */
  startedIndex: number;
  /** Null: without a result. */
  finishedAtMs: number | null;
}

/** Folds a run's live events into its turns. */
export function runTurns(events: readonly JournalEvent[]): RunTurn[] {
  const turns: RunTurn[] = [];
  for (const event of events) {
    const { body } = event;
    if (body.type === "ModelRequestStarted") {
      turns.push({
        startIndex: event.index,
        completedIndex: null,
        createdAtMs: event.createdAtMs,
        text: "",
        reasoning: "",
        completed: null,
        calls: [],
      });
      continue;
    }
    const turn = turns.at(-1);
    if (turn !== undefined) fold(turn, event);
  }
  return turns;
}

function fold(turn: RunTurn, event: JournalEvent): void {
  const { body } = event;
  switch (body.type) {
    case "RunContent":
      turn.text += body.content;
      return;
    case "ReasoningContentDelta":
      turn.reasoning += body.reasoning_content;
      return;
    case "ModelRequestCompleted":
      turn.completed = body;
      turn.completedIndex = event.index;
      return;
    case "ToolCallStarted":
      turn.calls.push({ tool: body.tool, startedIndex: event.index, finishedAtMs: null });
      return;
    case "ToolCallCompleted": {
      const call = turn.calls.find((one) => one.tool.tool_call_id === body.tool.tool_call_id);
      if (call === undefined) return;
      call.tool = body.tool;
      call.finishedAtMs = event.createdAtMs;
      return;
    }
    case "ToolCallError":
    case "ModelRequestStarted":
    case "RunStarted":
    case "RunRecovered":
    case "RunContentCompleted":
    case "ReasoningStarted":
    case "ReasoningCompleted":
    case "RunCompleted":
    case "RunCancelled":
    case "RunError":
      return;
  }
}
