import { z } from "zod";
import {
  approvalFilterSchema,
  approvalSchema,
  approvalStateSchema,
  resolveApprovalSchema,
} from "#lib/core/approval.ts";
import { pageSchema } from "#lib/core/page.ts";
import { defineContract } from "../contract.ts";

const tag = "Approvals";
const read = { scope: "approvals:read" };
const none = { kind: "none" } as const;
const noQuery = z.object({});
const approvalParams = z.object({ approval_id: z.string().min(1).max(128) });
const approval = { description: "The approval", schema: approvalSchema };

/** One page of approvals. */
export const listApprovalsContract = defineContract({
  method: "GET",
  path: "/approvals",
  operationId: "list_approvals",
  tag,
  summary: "List approvals, newest first",
  scope: read,
  params: z.object({}),
  query: approvalFilterSchema.extend({
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  }),
  body: none,
  responses: { 200: { description: "A page of approvals", schema: pageSchema(approvalSchema) } },
});

/** How many approvals are pending. */
export const countApprovalsContract = defineContract({
  method: "GET",
  path: "/approvals/count",
  operationId: "count_approvals",
  tag,
  summary: "Count pending approvals",
  scope: read,
  params: z.object({}),
  query: z.object({ user_id: z.string().max(255).optional() }),
  body: none,
  responses: { 200: { description: "How many", schema: z.object({ count: z.number().int() }) } },
});

/** One approval. */
export const getApprovalContract = defineContract({
  method: "GET",
  path: "/approvals/{approval_id}",
  operationId: "get_approval",
  tag,
  summary: "Get an approval",
  scope: read,
  params: approvalParams,
  query: noQuery,
  body: none,
  responses: { 200: approval },
});

/** How an approval stands. */
export const getApprovalStatusContract = defineContract({
  method: "GET",
  path: "/approvals/{approval_id}/status",
  operationId: "get_approval_status",
  tag,
  summary: "Get how an approval stands",
  scope: read,
  params: approvalParams,
  query: noQuery,
  body: none,
  responses: { 200: { description: "How it stands", schema: approvalStateSchema } },
});

/** Decides about an approval; the run goes on by itself once nothing of it is open. */
export const resolveApprovalContract = defineContract({
  method: "POST",
  path: "/approvals/{approval_id}/resolve",
  operationId: "resolve_approval",
  tag,
  summary: "Approve or reject",
  scope: { scope: "approvals:write" },
  params: approvalParams,
  query: noQuery,
  body: { kind: "json", schema: resolveApprovalSchema },
  responses: { 200: approval },
});

/** Takes a decided approval off the list. */
export const deleteApprovalContract = defineContract({
  method: "DELETE",
  path: "/approvals/{approval_id}",
  operationId: "delete_approval",
  tag,
  summary: "Delete a decided approval; its run's record stays",
  scope: { scope: "approvals:delete" },
  params: approvalParams,
  query: noQuery,
  body: none,
  responses: { 204: { description: "Deleted", schema: null } },
});
