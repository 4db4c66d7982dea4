import type { Checkpoint } from "./checkpoint.ts";
import { cutTranscript } from "./cut-transcript.ts";
import type { Message } from "./message.ts";
import { isFinished, type RunStatus } from "./run-status.ts";
import { messageCount, type TranscriptEntry } from "./transcript.ts";

const PREVIEW_LENGTH = 120;

/** The run that checkpoints belong to. */
interface CheckedRun {
  id: string;
  sessionId: string;
  status: RunStatus;
  createdAt: Date;
}

/**
 * The places from which a run can be continued, first to last: behind each question, and behind each turn with the
 * results of its calls. `messages` are the run's own, in order; `entries` the conversation that they tell.
 */
export function runCheckpoints(
  run: CheckedRun,
  entries: readonly TranscriptEntry[],
  messages: readonly Message[],
): Checkpoint[] {
  const leading = leadingMessages(messages);
  const standing = cutTranscript(entries, "end", leading);
  const isWhole = isFinished(run.status) && standing.untilIndex === null;
  const places: number[] = [];
  let at = leading;
  for (const entry of standing.entries) {
    const count = messageCount(entry);
    at += count;
    if (count > 0) places.push(at);
  }
  return places.map((place, position) => {
    const isLatest = position === places.length - 1;
    const reason = isLatest && isWhole ? "end" : "checkpoint";
    return {
      ...checkpointAt(run, messages, place),
      checkpoint_id: String(position + 1),
      status: reason === "end" ? run.status : "RUNNING",
      reason,
      is_latest: isLatest,
    };
  });
}

/** How many messages come before a run's conversation: the system's. */
export function leadingMessages(messages: readonly Message[]): number {
  return messages[0]?.role === "system" ? 1 : 0;
}

/** The place behind so many messages of a run. */
export function checkpointAt(
  run: CheckedRun,
  messages: readonly Message[],
  messageIndex: number,
): Omit<Checkpoint, "checkpoint_id" | "is_latest"> {
  const message = messages[messageIndex - 1];
  return {
    run_id: run.id,
    session_id: run.sessionId,
    message_index: messageIndex,
    continue_from: messageIndex,
    status: run.status,
    reason: "snapshot",
    created_at: message?.created_at ?? Math.floor(run.createdAt.getTime() / 1000),
    ...(message === undefined
      ? {}
      : { message_id: message.id, message_role: message.role, message_preview: previewOf(message) }),
  };
}

function previewOf({ content = "", tool_calls: calls = [] }: Message): string {
  const text = content === "" ? calls.map((call) => call.function.name).join(", ") : content;
  // By code points: a pair of surrogates must not be cut in two.
  return Array.from(text.slice(0, PREVIEW_LENGTH * 2))
    .slice(0, PREVIEW_LENGTH)
    .join("");
}
