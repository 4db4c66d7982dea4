import { z } from "zod";
import {
  approvalPolicySchema,
  createApprovalPolicySchema,
  updateApprovalPolicySchema,
} from "#lib/core/approval-policy.ts";
import { defineContract } from "../contract.ts";

/** Ours: no AgentOS has these. */
const tag = "Approval policies";
const read = { scope: "approval_policies:read" };
const write = { scope: "approval_policies:write" };
const none = { kind: "none" } as const;
const noQuery = z.object({});
const policyParams = z.object({ policy_id: z.string().min(1).max(128) });
const policy = { description: "The policy", schema: approvalPolicySchema };

/** The organization's policies. */
export const listApprovalPoliciesContract = defineContract({
  method: "GET",
  path: "/approval-policies",
  operationId: "list_approval_policies",
  tag,
  summary: "List policies in the order in which they count",
  scope: read,
  params: z.object({}),
  query: noQuery,
  body: none,
  responses: { 200: { description: "All policies", schema: z.array(approvalPolicySchema) } },
});

/** Makes a policy; calls that are asked for from then on go by it. */
export const createApprovalPolicyContract = defineContract({
  method: "POST",
  path: "/approval-policies",
  operationId: "create_approval_policy",
  tag,
  summary: "Say which calls of tools take an approval, and whose",
  scope: write,
  params: z.object({}),
  query: noQuery,
  body: { kind: "json", schema: createApprovalPolicySchema },
  responses: { 201: policy },
});

/** One policy. */
export const getApprovalPolicyContract = defineContract({
  method: "GET",
  path: "/approval-policies/{policy_id}",
  operationId: "get_approval_policy",
  tag,
  summary: "Get a policy",
  scope: read,
  params: policyParams,
  query: noQuery,
  body: none,
  responses: { 200: policy },
});

/** Changes a policy; absent fields stay. */
export const updateApprovalPolicyContract = defineContract({
  method: "PATCH",
  path: "/approval-policies/{policy_id}",
  operationId: "update_approval_policy",
  tag,
  summary: "Change a policy; what was asked for under it keeps the old one",
  scope: write,
  params: policyParams,
  query: noQuery,
  body: { kind: "json", schema: updateApprovalPolicySchema },
  responses: { 200: policy },
});

/** Deletes a policy. */
export const deleteApprovalPolicyContract = defineContract({
  method: "DELETE",
  path: "/approval-policies/{policy_id}",
  operationId: "delete_approval_policy",
  tag,
  summary: "Delete a policy; what was asked for under it waits on",
  scope: { scope: "approval_policies:delete" },
  params: policyParams,
  query: noQuery,
  body: none,
  responses: { 204: { description: "Deleted", schema: null } },
});
