import { getScheduleRunContract } from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { getScheduleRun } from "#lib/server/get-schedule-run.ts";

export const GET = route(getScheduleRunContract, ({ scope, params }) =>
  getScheduleRun(scope, params.schedule_id, params.run_id),
);
