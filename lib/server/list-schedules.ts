import { pageMeta } from "#lib/core/page.ts";
import type { Schedule } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listSchedules as readSchedules } from "#lib/db/schedules.ts";
import { scheduleOnWire } from "./schedule-on-wire.ts";

/** One page of the organization's schedules, newest first, in the wire's envelope. */
export async function listSchedules(
  scope: Scope,
  query: { enabled: boolean | null; page: number; limit: number },
): Promise<{ data: Schedule[]; meta: ReturnType<typeof pageMeta> }> {
  const { enabled, page, limit } = query;
  const startedAt = performance.now();
  const { schedules, totalCount } = await readSchedules(scope, {
    enabled,
    limit,
    offset: (page - 1) * limit,
  });
  const searchTimeMs = performance.now() - startedAt;
  return { data: schedules.map(scheduleOnWire), meta: pageMeta({ page, limit, totalCount, searchTimeMs }) };
}
