import { createScheduleContract, listSchedulesContract } from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { scheduleGuard } from "#lib/api/schedule-guard.ts";
import { createSchedule } from "#lib/server/create-schedule.ts";
import { listSchedules } from "#lib/server/list-schedules.ts";

export const GET = route(listSchedulesContract, ({ scope, query }) =>
  listSchedules(scope, { enabled: query.enabled ?? null, page: query.page, limit: query.limit }),
);

export const POST = route(createScheduleContract, async ({ scope, principal, body }) => ({
  status: 201,
  body: await createSchedule(scope, body, scheduleGuard(principal)),
}));
