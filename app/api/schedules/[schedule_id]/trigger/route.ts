import { triggerScheduleContract } from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { scheduleGuard } from "#lib/api/schedule-guard.ts";
import { triggerSchedule } from "#lib/server/trigger-schedule.ts";

export const POST = route(triggerScheduleContract, ({ scope, principal, params, signal }) =>
  triggerSchedule(scope, params.schedule_id, scheduleGuard(principal), signal),
);
