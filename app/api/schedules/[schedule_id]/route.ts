import {
  deleteScheduleContract,
  getScheduleContract,
  updateScheduleContract,
} from "#lib/api/contracts/schedule.ts";
import { route } from "#lib/api/route.ts";
import { scheduleGuard } from "#lib/api/schedule-guard.ts";
import { deleteSchedule } from "#lib/server/delete-schedule.ts";
import { getSchedule } from "#lib/server/get-schedule.ts";
import { updateSchedule } from "#lib/server/update-schedule.ts";

export const GET = route(getScheduleContract, ({ scope, params }) => getSchedule(scope, params.schedule_id));

export const PATCH = route(updateScheduleContract, ({ scope, principal, params, body }) =>
  updateSchedule(scope, params.schedule_id, body, scheduleGuard(principal)),
);

export const DELETE = route(deleteScheduleContract, async ({ scope, params }) => ({
  status: 204,
  body: await deleteSchedule(scope, params.schedule_id),
}));
