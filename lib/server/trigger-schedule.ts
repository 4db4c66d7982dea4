import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "#lib/core/app-error.ts";
import type { ScheduleRun } from "#lib/core/schedule.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findLatestAttempt } from "#lib/db/schedule-attempts.ts";
import { fireByHand } from "#lib/db/schedule-claims.ts";
import type { EndpointGuard } from "./endpoint-guard.ts";
import { getScheduleRun } from "./get-schedule-run.ts";
import { ownApi } from "./own-api.ts";
import { requireSchedule } from "./require-schedule.ts";

const FIRST_LOOK_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Fires a schedule now, whatever else of it is under way, and returns its last attempt once that has ended. The firing
 * goes on when `signal` aborts, which only ends the wait. Throws not_found, what the guard throws, `conflict` when it
 * is disabled, and `unavailable` while nothing executes firings in this installation.
 */
export async function triggerSchedule(
  scope: Scope,
  id: string,
  guard: EndpointGuard,
  signal: AbortSignal,
): Promise<ScheduleRun> {
  const schedule = await requireSchedule(scope, id);
  guard(schedule.method, schedule.endpoint);
  if (!schedule.enabled) throw new AppError("conflict", "Schedule is disabled");
  if (ownApi() === null) throw new AppError("unavailable", "Scheduler is not running");
  const firingId = randomUUID();
  if (!(await fireByHand(scope, schedule, firingId))) {
    throw new AppError("conflict", "Somebody else changed this schedule meanwhile. Load it again.");
  }
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    await wait(pauseMs, undefined, { signal });
    const attempt = await findLatestAttempt(scope, firingId);
    if (attempt === null) throw new AppError("not_found", "Schedule not found");
    if (attempt.firingEndedAt !== null) return getScheduleRun(scope, id, attempt.id);
  }
}
