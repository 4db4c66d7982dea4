import type { Scope } from "#lib/core/scope.ts";
import { listLatestScheduleRuns, type ScheduleRunSummary } from "#lib/db/schedule-runs.ts";
import { listSchedules, type ScheduleRecord } from "#lib/db/schedules.ts";

/** A schedule with its newest attempt; null when it never fired. */
export interface ScheduleOverview {
  schedule: ScheduleRecord;
  latest: ScheduleRunSummary | null;
}

/** One page of the organization's schedules, newest first, and how many there are in all. */
export async function listScheduleOverviews(
  scope: Scope,
  page: { nameContains: string; limit: number; offset: number },
): Promise<{ overviews: ScheduleOverview[]; totalCount: number }> {
  const { schedules, totalCount } = await listSchedules(scope, { enabled: null, ...page });
  const latest = await listLatestScheduleRuns(
    scope,
    schedules.map(({ id }) => id),
  );
  const bySchedule = new Map(latest.map((run) => [run.scheduleId, run]));
  const overviews = schedules.map((schedule) => ({ schedule, latest: bySchedule.get(schedule.id) ?? null }));
  return { overviews, totalCount };
}
