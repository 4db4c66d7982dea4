import { AppError } from "#lib/core/app-error.ts";
import type { CheckpointSnapshot } from "#lib/core/checkpoint.ts";
import { cutTranscript } from "#lib/core/cut-transcript.ts";
import { checkpointAt, leadingMessages, runCheckpoints } from "#lib/core/run-checkpoints.ts";
import { runOutput } from "#lib/core/run-output.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getSession } from "#lib/db/sessions.ts";
import { readRunTranscript, type RunAddress } from "./read-run-transcript.ts";

/**
 * One of the caller's runs as it stood behind so many of its messages; a place between a call and its result snaps down
 * to the one before the call. Throws not_found, bad_request for a place that the run does not have.
 */
export async function getRunCheckpoint(
  scope: Scope,
  address: RunAddress,
  messageIndex: number,
): Promise<CheckpointSnapshot> {
  const { run, events, entries, messages } = await readRunTranscript(scope, address);
  if (messageIndex < 0 || messageIndex > messages.length) {
    throw new AppError("bad_request", `message_index must be between 0 and ${messages.length}`);
  }
  const cut = cutTranscript(entries, messageIndex, leadingMessages(messages));
  const places = runCheckpoints(run, entries, messages);
  const known = places.find(({ message_index: at }) => at === cut.messageIndex);
  const checkpoint = {
    ...checkpointAt(run, messages, cut.messageIndex),
    checkpoint_id: known?.checkpoint_id ?? "0",
    is_latest: known?.is_latest ?? false,
  };
  const session = await getSession(scope, run.sessionId);
  const until = cut.untilIndex ?? Number.POSITIVE_INFINITY;
  const kept = events.filter((event) => event.index < until);
  const row =
    cut.untilIndex === null ? run : { ...run, content: null, reasoningContent: null, errorMessage: null };
  const snapshot = runOutput(row, kept, messages.slice(0, cut.messageIndex), session?.state ?? {});
  return { checkpoint, snapshot };
}
