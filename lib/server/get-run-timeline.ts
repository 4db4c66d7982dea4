import type { JournalEvent } from "#lib/core/journal.ts";
import { runTimeline, type TimelineStep } from "#lib/core/run-timeline.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { RunSummary } from "#lib/db/run-row.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRunSummary } from "#lib/db/runs.ts";

/** A run with the steps of its journal. */
export interface RunTimeline {
  run: RunSummary;
  steps: TimelineStep[];
  events: JournalEvent[];
  /** True when the journal is longer than what was read. */
  cut: boolean;
}

// Text parts are one row each once they are closed, so this is some hundred tool calls.
const MAX_EVENTS = 2_000;

/** Returns the run's timeline, or null when the caller has no run of this id in that session. */
export async function getRunTimeline(
  scope: Scope,
  sessionId: string,
  runId: string,
): Promise<RunTimeline | null> {
  const run = await getRunSummary(scope, runId);
  if (run === null || run.sessionId !== sessionId) return null;
  const events = await readRunEvents(scope, run.rootRunId, -1, MAX_EVENTS + 1);
  const read = events.slice(0, MAX_EVENTS);
  return { run, steps: runTimeline(read), events: read, cut: events.length > MAX_EVENTS };
}
