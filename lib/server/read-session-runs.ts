import { runOutput } from "#lib/core/run-output.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import type { RunDetail } from "#lib/core/run-wire.ts";
import type { Scope } from "#lib/core/scope.ts";
import { getRun, readRunPage } from "#lib/db/runs.ts";
import type { SessionOverview } from "#lib/db/session-row.ts";
import { readNewest } from "./read-newest.ts";
import { runDetail } from "./run-detail.ts";
import { readRunMessages } from "./run-messages.ts";

/** The wire has no pages here; a session longer than this shows its newest runs. */
const MOST_RUNS = 500;

/** Which of a session's runs are wanted; times in seconds since the epoch. */
export interface SessionRunsFilter {
  componentId?: string;
  status?: RunStatus;
  createdAfter?: number;
  createdBefore?: number;
}

/** Reads the runs of a session that the caller has been found to own, oldest first. */
export async function readSessionRuns(
  scope: Scope,
  session: SessionOverview,
  filter: SessionRunsFilter,
): Promise<RunDetail[]> {
  const runs = await readRunPage(
    scope,
    {
      sessionId: session.id,
      componentId: filter.componentId,
      status: filter.status,
      createdAfter: filter.createdAfter === undefined ? undefined : new Date(filter.createdAfter * 1_000),
      createdBefore: filter.createdBefore === undefined ? undefined : new Date(filter.createdBefore * 1_000),
    },
    { order: "newest_first", limit: MOST_RUNS, offset: 0 },
  );
  const details = await readNewest(runs, (run) => readRunDetail(scope, run.id, session));
  return details.flatMap((detail) => detail ?? []);
}

/** Reads one run of a session; null when it is gone. */
export async function readRunDetail(
  scope: Scope,
  runId: string,
  session: SessionOverview,
): Promise<RunDetail | null> {
  const run = await getRun(scope, runId);
  if (run === null || run.sessionId !== session.id) return null;
  const { events, messages } = await readRunMessages(scope, run.rootRunId, { withHistory: false });
  return runDetail(runOutput(run, events, messages, session.state), run.createdAt, messages);
}
