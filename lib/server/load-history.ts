import type { JournalEvent, RunIdentity } from "#lib/core/journal.ts";
import type { RunAttachment } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readJournals, type RunJournal } from "#lib/db/read-journals.ts";
import { readRunPage } from "#lib/db/runs.ts";
import { messagesFromEvents } from "#lib/runtime/messages-from-events.ts";
import type { HistoryRun } from "#lib/runtime/ports.ts";
import { readRecentFiles } from "./read-recent-files.ts";

/** More rows than a run of sensible length has once its text is merged; a longer one is read to here. */
const MOST_ROWS_PER_RUN = 5_000;

/**
 * Reads the last `count` runs of the session that stand before this one, as the model is told of them, oldest first:
 * those that were answered, and those that somebody stopped in the middle of an answer. One that waits for people is no
 * history yet, one that failed or was answered anew none any more.
 */
export async function loadHistory(scope: Scope, run: RunIdentity, count: number): Promise<HistoryRun[]> {
  const runs = await readRunPage(
    scope,
    { sessionId: run.sessionId, before: run.runId, told: true },
    { order: "newest_first", limit: count, offset: 0 },
  );
  return loadHistoryRuns(
    scope,
    runs.reverse().map((one) => one.id),
  );
}

/**
 * Reads these runs as the model is told of them, in their order. One that is gone says nothing. Without `files` they are
 * only named, and so are those that would be too many.
 */
export async function loadHistoryRuns(
  scope: Scope,
  runIds: readonly string[],
  { files: withFiles = true }: { files?: boolean } = {},
): Promise<HistoryRun[]> {
  const journals = await readJournals(scope, runIds, MOST_ROWS_PER_RUN);
  const events = runIds.flatMap((runId) => journals.get(runId)?.events ?? []);
  const files = await readRecentFiles(scope, withFiles ? events.flatMap(filesOf) : []);
  return runIds.map((runId) => historyRun(runId, journals.get(runId), files));
}

function filesOf({ body }: JournalEvent): readonly RunAttachment[] {
  if (body.type === "ToolCallCompleted") return body.media ?? [];
  return body.type === "RunStarted" ? (body.input?.attachments ?? []) : [];
}

function historyRun(
  runId: string,
  journal: RunJournal | undefined,
  files: ReadonlyMap<string, Uint8Array>,
): HistoryRun {
  if (journal === undefined) return { runId, messages: [] };
  const { events, internals } = journal;
  const messages = messagesFromEvents(events, { internals, files });
  // A question that was taken back before there was a word of an answer is none.
  const isAnswered = messages.some(({ role }) => role === "assistant");
  return { runId, messages: isAnswered ? messages : [] };
}
