import { z } from "zod";
import { pageSchema } from "#lib/core/page.ts";
import { sessionIdSchema } from "#lib/core/run-request.ts";
import { runDetailSchema } from "#lib/core/run-wire.ts";
import {
  componentTypeSchema,
  createSessionSchema,
  deleteSessionsSchema,
  renameSessionSchema,
  sessionDetailSchema,
  sessionSummarySchema,
  updateSessionSchema,
} from "#lib/core/session.ts";
import { defineContract } from "../contract.ts";

const tag = "Sessions";
const read = { scope: "sessions:read" };
const write = { scope: "sessions:write" };
const remove = { scope: "sessions:delete" };

const sessionParams = z.object({ session_id: sessionIdSchema });
const databaseQuery = z.object({
  db_id: z.string().max(255).optional(),
  table: z.string().max(255).optional(),
});
/** Up to the end of the year 9999. */
const epochSeconds = z.coerce.number().int().min(0).max(253_402_300_799);
const sessionQuery = databaseQuery.extend({
  type: componentTypeSchema.optional(),
  user_id: z.string().max(255).optional(),
});
const detailResponse = { 200: { description: "The session", schema: sessionDetailSchema } };
const noContent = { 204: { description: "Deleted, or was not there", schema: null } };

/** One page of sessions, newest first unless sorted otherwise. */
export const listSessionsContract = defineContract({
  method: "GET",
  path: "/sessions",
  operationId: "list_sessions",
  tag,
  summary: "List sessions",
  scope: read,
  params: z.object({}),
  query: sessionQuery.extend({
    component_id: z.string().max(128).optional(),
    session_name: z.string().max(250).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(20),
    page: z.coerce.number().int().min(0).max(1_000_000).default(1),
    sort_by: z.enum(["created_at", "updated_at"]).default("created_at"),
    sort_order: z.enum(["asc", "desc"]).default("desc"),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "A page of sessions", schema: pageSchema(sessionSummarySchema) } },
});

/** Opens a session before its first run. */
export const createSessionContract = defineContract({
  method: "POST",
  path: "/sessions",
  operationId: "create_session",
  tag,
  summary: "Create a session",
  scope: write,
  params: z.object({}),
  query: z.object({ type: componentTypeSchema.default("agent"), db_id: z.string().max(255).optional() }),
  body: { kind: "json", schema: createSessionSchema },
  responses: { 201: { description: "The session", schema: sessionDetailSchema } },
});

/** Deletes several sessions with their runs. */
export const deleteSessionsContract = defineContract({
  method: "DELETE",
  path: "/sessions",
  operationId: "delete_sessions",
  tag,
  summary: "Delete sessions",
  scope: remove,
  params: z.object({}),
  query: databaseQuery.extend({ user_id: z.string().max(255).optional() }),
  body: { kind: "json", schema: deleteSessionsSchema },
  responses: noContent,
});

/** One session with its conversation. */
export const getSessionContract = defineContract({
  method: "GET",
  path: "/sessions/{session_id}",
  operationId: "get_session",
  tag,
  summary: "Get a session",
  scope: read,
  params: sessionParams,
  query: sessionQuery,
  body: { kind: "none" },
  responses: detailResponse,
});

/** Changes a session's name, state or metadata. */
export const updateSessionContract = defineContract({
  method: "PATCH",
  path: "/sessions/{session_id}",
  operationId: "update_session",
  tag,
  summary: "Update a session",
  scope: write,
  params: sessionParams,
  query: sessionQuery,
  body: { kind: "json", schema: updateSessionSchema },
  responses: detailResponse,
});

/** Deletes one session with its runs. */
export const deleteSessionContract = defineContract({
  method: "DELETE",
  path: "/sessions/{session_id}",
  operationId: "delete_session",
  tag,
  summary: "Delete a session",
  scope: remove,
  params: sessionParams,
  query: sessionQuery,
  body: { kind: "none" },
  responses: noContent,
});

/** Renames a session. */
export const renameSessionContract = defineContract({
  method: "POST",
  path: "/sessions/{session_id}/rename",
  operationId: "rename_session",
  tag,
  summary: "Rename a session",
  scope: write,
  params: sessionParams,
  query: sessionQuery,
  body: { kind: "json", schema: renameSessionSchema },
  responses: detailResponse,
});

/** A session's runs, oldest first. */
export const listSessionRunsContract = defineContract({
  method: "GET",
  path: "/sessions/{session_id}/runs",
  operationId: "list_session_runs",
  tag,
  summary: "List the runs of a session",
  scope: read,
  params: sessionParams,
  query: sessionQuery.extend({
    created_after: epochSeconds.optional(),
    created_before: epochSeconds.optional(),
  }),
  body: { kind: "none" },
  responses: { 200: { description: "Runs, oldest first", schema: z.array(runDetailSchema) } },
});

/** One run of a session. */
export const getSessionRunContract = defineContract({
  method: "GET",
  path: "/sessions/{session_id}/runs/{run_id}",
  operationId: "get_session_run",
  tag,
  summary: "Get a run of a session",
  scope: read,
  params: z.object({ session_id: sessionIdSchema, run_id: z.string().min(1).max(128) }),
  query: sessionQuery,
  body: { kind: "none" },
  responses: { 200: { description: "The run", schema: runDetailSchema } },
});
