import type { RunIdentity } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { listRuns } from "#lib/db/runs.ts";
import type { HistoryRun } from "#lib/runtime/ports.ts";
import { messagesFromEvents } from "#lib/runtime/messages-from-events.ts";

/** More rows than a run of sensible length has once its text is merged; a longer one is read to here. */
const MOST_ROWS_PER_RUN = 5_000;

/** Reads the last `count` runs of the session before this one, as the model is told of them, oldest first. */
export async function loadHistory(scope: Scope, run: RunIdentity, count: number): Promise<HistoryRun[]> {
  const { runs } = await listRuns(
    scope,
    { sessionId: run.sessionId },
    { order: "newest_first", limit: count + 1, offset: 0 },
  );
  const earlier = runs
    .filter((one) => one.id !== run.runId)
    .slice(0, count)
    .reverse();
  const journals = await Promise.all(
    earlier.map((one) => readRunEvents(scope, one.rootRunId, -1, MOST_ROWS_PER_RUN)),
  );
  return earlier.map((one, position) => ({
    runId: one.id,
    messages: messagesFromEvents(journals[position] ?? []),
  }));
}
