import { enableScheduleContract } from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { scheduleGuard } from "#lib/api/schedule-guard.ts";
import { enableSchedule } from "#lib/server/enable-schedule.ts";

export const POST = route(enableScheduleContract, ({ scope, principal, params }) =>
  enableSchedule(scope, params.schedule_id, scheduleGuard(principal)),
);
