import { listScheduleRunsContract } from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { listScheduleRuns } from "#lib/server/list-schedule-runs.ts";

export const GET = route(listScheduleRunsContract, ({ scope, params, query }) =>
  listScheduleRuns(scope, params.schedule_id, query),
);
