import type { JournalEvent } from "./journal.ts";
import type { JsonObject } from "./json.ts";
import type { RunAttachment, RunEventBodyOf } from "./run-event.ts";
import type { ToolExecution } from "./tool-execution.ts";

/** One model call of a run as its events tell it, with the tool calls that followed. */
export interface RunTurn {
  /** Index of its ModelRequestStarted, and of its ModelRequestCompleted; the latter null when it broke off. */
  startIndex: number;
  completedIndex: number | null;
  createdAtMs: number;
  /** What the model was told of its last answer, when it had to give another. */
  repair: string | null;
  text: string;
  /** What another model has put in the text's place; absent: nothing. */
  retold?: string;
  reasoning: string;
  completed: RunEventBodyOf<"ModelRequestCompleted"> | null;
  /** In the order of the calls. */
  calls: TurnToolCall[];
}

/** A tool call of a turn. */
export interface TurnToolCall {
  /** Its place among the turn's calls. */
  position: number;
  /** As it was told last: with the arguments that it is or was made with. */
  tool: ToolExecution;
  /** The arguments that the model gave; hooks may have prepared others, a person may have filled in or changed some. */
  askedArgs: JsonObject;
  /** What hooks have put in their place before anybody decided about the call; absent: nothing. */
  preparedArgs?: JsonObject;
  /** Index of its last ToolCallStarted; null for one that has waited for a person and was not made since. */
  startedIndex: number | null;
  /** How often it was begun. */
  attempts: number;
  /** Null: without a result. */
  finishedAtMs: number | null;
  /** Files that the result brings; absent: none. */
  media?: readonly RunAttachment[];
  /** What the model is told in place of the result; null: the result itself, undefined: it was not made shorter yet. */
  compressed?: string | null;
}

/** Folds a run's live events into its turns. */
export function runTurns(events: readonly JournalEvent[]): RunTurn[] {
  const turns: RunTurn[] = [];
  let isRetold = false;
  for (const event of events) {
    const { body } = event;
    if (body.type === "CompressionCompleted") {
      compress(turns, body.results);
      continue;
    }
    if (body.type === "ModelRequestStarted") {
      isRetold = false;
      turns.push({
        startIndex: event.index,
        completedIndex: null,
        createdAtMs: event.createdAtMs,
        repair: body.repair ?? null,
        text: "",
        reasoning: "",
        completed: null,
        calls: [],
      });
      continue;
    }
    const turn = turns.at(-1);
    if (turn === undefined) continue;
    if (body.type === "OutputModelResponseStarted") isRetold = true;
    if (body.type === "OutputModelResponseCompleted") isRetold = false;
    // Also an answer that broke off is what a reader has seen, and the draft is not.
    if (isRetold && body.type === "RunContent") turn.retold = (turn.retold ?? "") + body.content;
    else fold(turn, event);
  }
  return turns;
}

function fold(turn: RunTurn, event: JournalEvent): void {
  const { body } = event;
  switch (body.type) {
    case "RunContent":
      // What comes after the model's answer is a result that is shown: the model has not said it.
      if (turn.completed === null) turn.text += body.content;
      return;
    case "ReasoningContentDelta":
      turn.reasoning += body.reasoning_content;
      return;
    case "ModelRequestCompleted":
      turn.completed = body;
      turn.completedIndex = event.index;
      for (const { position, tool, asked_args: asked } of body.held ?? []) {
        add(turn, { position, tool, startedIndex: null }, asked);
      }
      return;
    case "ToolCallStarted": {
      const held = callOf(turn, body.tool);
      if (held === undefined) {
        const position = firstFreePosition(turn);
        return add(turn, { position, tool: body.tool, startedIndex: event.index }, body.asked_args);
      }
      held.tool = body.tool;
      held.startedIndex = event.index;
      held.attempts += 1;
      return;
    }
    case "ToolCallCompleted": {
      const call = callOf(turn, body.tool);
      if (call === undefined) return;
      call.tool = body.tool;
      call.finishedAtMs = event.createdAtMs;
      if (body.media !== undefined) call.media = body.media;
      return;
    }
    case "RunPaused":
    case "RunContinued":
      for (const tool of body.tools) {
        const call = callOf(turn, tool);
        if (call === undefined) continue;
        call.tool = tool;
        if (hasAnswer(tool)) call.finishedAtMs = event.createdAtMs;
      }
      return;
    case "OutputModelResponseCompleted":
      turn.retold = body.content;
      return;
    case "CompressionStarted":
    case "CompressionCompleted":
    case "ReasoningStep":
    case "OutputModelResponseStarted":
    case "ParserModelResponseStarted":
    case "ParserModelResponseCompleted":
    case "FollowupsStarted":
    case "FollowupsCompleted":
    case "ToolCallError":
    case "ModelRequestStarted":
    case "RunStarted":
    case "RunRecovered":
    case "RunContentCompleted":
    case "ReasoningStarted":
    case "ReasoningCompleted":
    case "PreHookStarted":
    case "PreHookCompleted":
    case "PostHookStarted":
    case "PostHookCompleted":
    case "RunCompleted":
    case "RunCancelled":
    case "RunError":
      return;
  }
}

function compress(
  turns: readonly RunTurn[],
  results: readonly { tool_call_id: string; content: string | null }[],
): void {
  const byId = new Map(results.map(({ tool_call_id: id, content }) => [id, content]));
  for (const call of turns.flatMap((turn) => turn.calls)) {
    const content = byId.get(call.tool.tool_call_id);
    if (content !== undefined) call.compressed = content;
  }
}

/** True for a call that a person has refused or given the result of: there is nothing to make. */
function hasAnswer(tool: ToolExecution): boolean {
  return tool.confirmed === false || tool.result !== null;
}

function callOf(turn: RunTurn, tool: ToolExecution): TurnToolCall | undefined {
  return turn.calls.find((call) => call.tool.tool_call_id === tool.tool_call_id);
}

function add(
  turn: RunTurn,
  call: Pick<TurnToolCall, "position" | "tool" | "startedIndex">,
  asked: JsonObject | undefined,
): void {
  const { tool_args: args } = call.tool;
  turn.calls.push({
    ...call,
    askedArgs: asked ?? args,
    ...(asked === undefined ? {} : { preparedArgs: args }),
    attempts: call.startedIndex === null ? 0 : 1,
    finishedAtMs: null,
  });
  turn.calls.sort((left, right) => left.position - right.position);
}

/** Calls that wait for nobody begin in their order: each takes the next place that no waiting one has. */
function firstFreePosition(turn: RunTurn): number {
  let position = 0;
  for (const call of turn.calls) if (call.position === position) position++;
  return position;
}
