import { AppError } from "#lib/core/app-error.ts";
import type { ScheduleRun } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { EndpointGuard } from "./endpoint-guard.ts";
import { requireSchedule } from "./require-schedule.ts";

/**
 * Fires a schedule now and returns its last attempt. Throws not_found, what the guard throws, `conflict` when it is
 * disabled, and `unavailable` while nothing executes firings in this installation.
 */
export async function triggerSchedule(scope: Scope, id: string, guard: EndpointGuard): Promise<ScheduleRun> {
  const schedule = await requireSchedule(scope, id);
  guard(schedule.method, schedule.endpoint);
  if (!schedule.enabled) throw new AppError("conflict", "Schedule is disabled");
  throw new AppError("unavailable", "Scheduler is not running");
}
