import { type ApiConnection, apiRequest } from "#lib/client/api-request.ts";
import { type ScheduleRun, scheduleRunSchema, scheduleSchema } from "#lib/core/schedule.ts";
import type { ScheduleBody } from "./schedule-form-schema.ts";

const pathOf = (id: string) => `/schedules/${encodeURIComponent(id)}`;

/** Makes a schedule and returns its id. */
export async function createSchedule(api: ApiConnection, body: ScheduleBody): Promise<string> {
  const answer = await apiRequest(api, { method: "POST", path: "/schedules", json: body });
  return scheduleSchema.parse(await answer.json()).id;
}

/** Changes those fields of a schedule that differ from what was read, so that two people can change different ones. */
export async function updateSchedule(
  api: ApiConnection,
  id: string,
  read: ScheduleBody,
  body: ScheduleBody,
): Promise<void> {
  const keys = Object.keys(body) as (keyof ScheduleBody)[];
  const changed = keys.filter((key) => JSON.stringify(body[key]) !== JSON.stringify(read[key]));
  const json = Object.fromEntries(changed.map((key) => [key, body[key]]));
  await apiRequest(api, { method: "PATCH", path: pathOf(id), json });
}

/** Switches a schedule on or off. */
export async function switchSchedule(api: ApiConnection, id: string, on: boolean): Promise<void> {
  await apiRequest(api, { method: "POST", path: `${pathOf(id)}/${on ? "enable" : "disable"}` });
}

/** Fires a schedule now; resolves when that has ended, which may take as long as its run. */
export async function triggerSchedule(api: ApiConnection, id: string): Promise<ScheduleRun> {
  const answer = await apiRequest(api, { method: "POST", path: `${pathOf(id)}/trigger` });
  return scheduleRunSchema.parse(await answer.json());
}

/** Deletes a schedule with its history. */
export async function deleteSchedule(api: ApiConnection, id: string): Promise<void> {
  await apiRequest(api, { method: "DELETE", path: pathOf(id) });
}
