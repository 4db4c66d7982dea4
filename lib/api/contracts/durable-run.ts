import { z } from "zod";
import { durableRunDetailSchema, durableRunSchema, durableRunStatusSchema } from "#lib/core/durable-run.ts";
import { pageSchema } from "#lib/core/page.ts";
import { defineContract } from "../contract.ts";

const tag = "Durable runs";
const read = { scope: "durable_runs:read" };
const write = { scope: "durable_runs:write" };
const none = { kind: "none" } as const;
const noQuery = z.object({});
const runParams = z.object({ durable_run_id: z.string().min(1).max(128) });

/** One page of the organization's durable jobs. */
export const listDurableRunsContract = defineContract({
  method: "GET",
  path: "/durable-runs",
  operationId: "list_durable_runs",
  tag,
  summary: "List durable runs, newest first",
  scope: read,
  params: z.object({}),
  query: z.object({
    status: durableRunStatusSchema.optional(),
    function: z.string().min(1).max(128).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  }),
  body: none,
  responses: { 200: { description: "A page of durable runs", schema: pageSchema(durableRunSchema) } },
});

/** One durable job with its steps. */
export const getDurableRunContract = defineContract({
  method: "GET",
  path: "/durable-runs/{durable_run_id}",
  operationId: "get_durable_run",
  tag,
  summary: "Get a durable run with its steps",
  scope: read,
  params: runParams,
  query: noQuery,
  body: none,
  responses: { 200: { description: "The durable run", schema: durableRunDetailSchema } },
});

/** Stops a durable job; one that drives an agent's run cancels that run. */
export const cancelDurableRunContract = defineContract({
  method: "POST",
  path: "/durable-runs/{durable_run_id}/cancel",
  operationId: "cancel_durable_run",
  tag,
  summary: "Cancel a durable run",
  scope: write,
  params: runParams,
  query: noQuery,
  body: none,
  responses: { 200: { description: "Always an empty object", schema: z.object({}) } },
});

/** Starts a job that failed or was cancelled once more, from the same event. */
export const retryDurableRunContract = defineContract({
  method: "POST",
  path: "/durable-runs/{durable_run_id}/retry",
  operationId: "retry_durable_run",
  tag,
  summary: "Run a failed durable run again from its event",
  scope: write,
  params: runParams,
  query: noQuery,
  body: none,
  responses: {
    201: { description: "The new durable run's id", schema: z.object({ id: z.string() }) },
  },
});
