import { disableScheduleContract } from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { disableSchedule } from "#lib/server/disable-schedule.ts";

export const POST = route(disableScheduleContract, ({ scope, params }) =>
  disableSchedule(scope, params.schedule_id),
);
