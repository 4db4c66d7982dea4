import { pageMeta } from "#lib/core/page.ts";
import type { ScheduleRun } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listScheduleRuns as readScheduleRuns } from "#lib/db/schedule-runs.ts";
import { requireSchedule } from "./require-schedule.ts";
import { scheduleRunOnWire } from "./schedule-run-on-wire.ts";

/** One page of a schedule's attempts, newest first, in the wire's envelope. Throws not_found. */
export async function listScheduleRuns(
  scope: Scope,
  scheduleId: string,
  query: { page: number; limit: number },
): Promise<{ data: ScheduleRun[]; meta: ReturnType<typeof pageMeta> }> {
  const { page, limit } = query;
  const startedAt = performance.now();
  await requireSchedule(scope, scheduleId);
  const { runs, totalCount } = await readScheduleRuns(scope, scheduleId, {
    limit,
    offset: (page - 1) * limit,
  });
  const searchTimeMs = performance.now() - startedAt;
  return { data: runs.map(scheduleRunOnWire), meta: pageMeta({ page, limit, totalCount, searchTimeMs }) };
}
