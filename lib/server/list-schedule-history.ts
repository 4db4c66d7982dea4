import type { Scope } from "#lib/core/scope.ts";
import { listRunsByIds } from "#lib/db/runs.ts";
import { listScheduleRuns, type ScheduleRunRecord } from "#lib/db/schedule-runs.ts";

/** An attempt, and whether its run is still there for the caller to open. */
export interface ScheduleHistoryEntry {
  attempt: ScheduleRunRecord;
  hasRun: boolean;
}

/** One page of a schedule's attempts, newest first, and how many there are in all. */
export async function listScheduleHistory(
  scope: Scope,
  scheduleId: string,
  page: { limit: number; offset: number },
): Promise<{ entries: ScheduleHistoryEntry[]; totalCount: number }> {
  const { runs, totalCount } = await listScheduleRuns(scope, scheduleId, page);
  const runIds = runs.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const there = new Set((await listRunsByIds(scope, runIds)).map(({ id }) => id));
  const entries = runs.map((attempt) => ({
    attempt,
    hasRun: attempt.runId !== null && there.has(attempt.runId),
  }));
  return { entries, totalCount };
}
