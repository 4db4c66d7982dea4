import type { JournalEvent } from "./journal.ts";
import { liveEvents } from "./live-events.ts";
import type { Message } from "./message.ts";
import type { RunTurn } from "./run-turns.ts";
import { toolAnswer } from "./tool-answer.ts";
import { transcript } from "./transcript.ts";
import { mediaByKind } from "./wire-media.ts";

/** What the messages of a run are made with, beside its events. */
export interface MessagesOfRunOptions {
  /** The system part as sent, which stands first; without it there is no system message. */
  system?: string;
  /** True for messages that another run was given as history. */
  fromHistory?: boolean;
}

/**
 * The messages of one run as the wire has them: system, question, what the model said and called, what the tools
 * gave back. `events` is the run's journal in order. Ids are the same at every reading.
 */
export function messagesOfRun(
  runId: string,
  events: readonly JournalEvent[],
  options: MessagesOfRunOptions = {},
): Message[] {
  const live = liveEvents(events, runId);
  const messages: Message[] = [];
  let position = 0;
  const add = (createdAtMs: number, fields: Pick<Message, "role"> & Partial<Message>) => {
    messages.push({
      id: messageId(runId, ++position),
      created_at: Math.floor(createdAtMs / 1000),
      from_history: options.fromHistory === true,
      stop_after_tool_call: false,
      ...fields,
    });
  };
  const first = live[0];
  if (options.system !== undefined && options.system !== "" && first !== undefined) {
    add(first.createdAtMs, { role: "system", content: options.system });
  }
  // The place of a system message is kept free, so that ids do not depend on whether it was asked for.
  position = 1;
  for (const entry of transcript(live)) {
    if (entry.kind === "turn") {
      addTurn(entry.turn, add);
      continue;
    }
    const { audios, ...media } = mediaByKind(runId, entry.input.attachments ?? []);
    add(entry.createdAtMs, {
      role: "user",
      content: entry.input.content,
      ...media,
      ...(audios === undefined ? {} : { audio: audios }),
    });
  }
  return messages;
}

type Add = (createdAtMs: number, fields: Pick<Message, "role"> & Partial<Message>) => void;

function addTurn(turn: RunTurn, add: Add): void {
  if (turn.repair !== null) add(turn.createdAtMs, { role: "user", content: turn.repair });
  const said = turn.retold ?? turn.text;
  if (said === "" && turn.reasoning === "" && turn.calls.length === 0) return;
  const toolCalls = turn.calls.map(({ tool, askedArgs }) => ({
    id: tool.tool_call_id,
    type: "function" as const,
    function: { name: tool.tool_name, arguments: JSON.stringify(askedArgs) },
  }));
  add(turn.createdAtMs, {
    role: "assistant",
    ...(said === "" ? {} : { content: said }),
    ...(turn.reasoning === "" ? {} : { reasoning_content: turn.reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
    ...(turn.completed === null ? {} : { metrics: turnMetrics(turn.completed) }),
  });
  for (const { tool, finishedAtMs, compressed } of turn.calls) {
    if (finishedAtMs === null) continue;
    add(finishedAtMs, {
      role: "tool",
      content: toolAnswer(tool),
      tool_call_id: tool.tool_call_id,
      tool_name: tool.tool_name,
      tool_args: tool.tool_args,
      ...(tool.tool_call_error === null ? {} : { tool_call_error: tool.tool_call_error }),
      ...(compressed === undefined || compressed === null ? {} : { compressed_content: compressed }),
    });
  }
}

function turnMetrics(completed: NonNullable<RunTurn["completed"]>): NonNullable<Message["metrics"]> {
  const { input_tokens, output_tokens, total_tokens, time_to_first_token } = completed;
  const counts = Object.entries({ input_tokens, output_tokens, total_tokens, time_to_first_token });
  return Object.fromEntries(counts.filter(([, count]) => count !== undefined && count > 0));
}

/** A UUID of its own for each message: the run's, whose last twelve digits give way to the message's place. */
function messageId(runId: string, position: number): string {
  return `${runId.slice(0, -12)}${position.toString(16).padStart(12, "0")}`;
}
