import { z } from "zod";
import { pageSchema } from "#lib/core/page.ts";
import {
  createScheduleSchema,
  scheduleRunSchema,
  scheduleSchema,
  scheduleStateSchema,
  updateScheduleSchema,
} from "#lib/core/schedule.ts";
import { defineContract } from "../contract.ts";

const tag = "Schedules";
const read = { scope: "schedules:read" };
const write = { scope: "schedules:write" };
const remove = { scope: "schedules:delete" };
const none = { kind: "none" } as const;
const noQuery = z.object({});
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
const idSchema = z.string().min(1).max(128);
const scheduleParams = z.object({ schedule_id: idSchema });
const schedule = { description: "The schedule", schema: scheduleSchema };
const state = { description: "Whether it is on, and its next time", schema: scheduleStateSchema };
const run = { description: "The attempt", schema: scheduleRunSchema };

/** One page of the organization's schedules. */
export const listSchedulesContract = defineContract({
  method: "GET",
  path: "/schedules",
  operationId: "list_schedules",
  tag,
  summary: "List schedules, newest first",
  scope: read,
  params: z.object({}),
  query: pageQuery.extend({ enabled: z.stringbool().optional() }),
  body: none,
  responses: { 200: { description: "A page of schedules", schema: pageSchema(scheduleSchema) } },
});

/** Makes a schedule; who makes one must hold the scope of its endpoint, too. */
export const createScheduleContract = defineContract({
  method: "POST",
  path: "/schedules",
  operationId: "create_schedule",
  tag,
  summary: "Create a schedule",
  scope: write,
  params: z.object({}),
  query: noQuery,
  body: { kind: "json", schema: createScheduleSchema },
  responses: { 201: schedule },
});

/** One schedule. */
export const getScheduleContract = defineContract({
  method: "GET",
  path: "/schedules/{schedule_id}",
  operationId: "get_schedule",
  tag,
  summary: "Get a schedule",
  scope: read,
  params: scheduleParams,
  query: noQuery,
  body: none,
  responses: { 200: schedule },
});

/** Changes a schedule; absent fields stay. */
export const updateScheduleContract = defineContract({
  method: "PATCH",
  path: "/schedules/{schedule_id}",
  operationId: "update_schedule",
  tag,
  summary: "Update a schedule",
  scope: write,
  params: scheduleParams,
  query: noQuery,
  body: { kind: "json", schema: updateScheduleSchema },
  responses: { 200: schedule },
});

/** Deletes a schedule with its history. */
export const deleteScheduleContract = defineContract({
  method: "DELETE",
  path: "/schedules/{schedule_id}",
  operationId: "delete_schedule",
  tag,
  summary: "Delete a schedule with its history; its sessions stay",
  scope: remove,
  params: scheduleParams,
  query: noQuery,
  body: none,
  responses: { 204: { description: "Deleted", schema: null } },
});

/** Switches a schedule on. */
export const enableScheduleContract = defineContract({
  method: "POST",
  path: "/schedules/{schedule_id}/enable",
  operationId: "enable_schedule",
  tag,
  summary: "Enable a schedule from its next time on",
  scope: write,
  params: scheduleParams,
  query: noQuery,
  body: none,
  responses: { 200: state },
});

/** Switches a schedule off. */
export const disableScheduleContract = defineContract({
  method: "POST",
  path: "/schedules/{schedule_id}/disable",
  operationId: "disable_schedule",
  tag,
  summary: "Disable a schedule; what is under way ends by itself",
  scope: write,
  params: scheduleParams,
  query: noQuery,
  body: none,
  responses: { 200: state },
});

/** Fires a schedule now and answers when that has ended. */
export const triggerScheduleContract = defineContract({
  method: "POST",
  path: "/schedules/{schedule_id}/trigger",
  operationId: "trigger_schedule",
  tag,
  summary: "Fire a schedule now and wait for its end",
  scope: write,
  params: scheduleParams,
  query: noQuery,
  body: none,
  responses: { 200: { description: "The finished attempt", schema: scheduleRunSchema } },
});

/** The history of a schedule. */
export const listScheduleRunsContract = defineContract({
  method: "GET",
  path: "/schedules/{schedule_id}/runs",
  operationId: "list_schedule_runs",
  tag,
  summary: "List a schedule's attempts, newest first",
  scope: read,
  params: scheduleParams,
  query: pageQuery,
  body: none,
  responses: { 200: { description: "A page of attempts", schema: pageSchema(scheduleRunSchema) } },
});

/** One attempt of a schedule. */
export const getScheduleRunContract = defineContract({
  method: "GET",
  path: "/schedules/{schedule_id}/runs/{run_id}",
  operationId: "get_schedule_run",
  tag,
  summary: "Get an attempt of a schedule",
  scope: read,
  params: scheduleParams.extend({ run_id: idSchema }),
  query: noQuery,
  body: none,
  responses: { 200: run },
});
