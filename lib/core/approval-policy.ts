import { z } from "zod";
import type { ToolEffect } from "./tool.ts";

const effectSchema = z.enum(["read", "idempotent", "write"]);
const roleSchema = z.enum(["owner", "admin", "member"]);
const onExpirySchema = z.enum(["deny", "end"]);

/** What becomes of a call that nobody decides about in time: it is refused, or its run ends. */
export type OnExpiry = z.infer<typeof onExpirySchema>;

const MOST_SECONDS = 366 * 86_400;
const secondsSchema = z.number().int().min(60).max(MOST_SECONDS);

const fields = {
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).nullable(),
  enabled: z.boolean(),
  /** Of policies that fit a call the one with the lowest position counts. */
  position: z.number().int().min(0).max(1_000_000),
  /** The tool's name; `*` stands for any characters, `?` for one. */
  tool_pattern: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\w*?-]+$/, "Use a tool's name; * stands for any characters, ? for one."),
  /** CEL over `args`, `tool`, `agent` and `user_id`; null fits every call. */
  condition: z.string().trim().min(1).max(4_000).nullable(),
  /** Only tools of this effect; null fits every tool. */
  effect: effectSchema.nullable(),
  /** Whoever decides holds one of these roles or scopes, beside approvals:write; both empty: that is enough. */
  approver_roles: z.array(roleSchema).max(3),
  approver_scopes: z
    .array(z.string().regex(/^[\w.-]+(:[\w.*-]+){1,2}$/, "A scope is resource:action."))
    .max(20),
  approvals_required: z.number().int().min(1).max(2),
  requester_may_decide: z.boolean(),
  expires_after_seconds: secondsSchema.nullable(),
  remind_after_seconds: secondsSchema.nullable(),
  on_expiry: onExpirySchema,
};

/** Body of POST /approval-policies. */
export const createApprovalPolicySchema = z.object({
  ...fields,
  description: fields.description.default(null),
  enabled: fields.enabled.default(true),
  position: fields.position.default(100),
  condition: fields.condition.default(null),
  effect: fields.effect.default(null),
  approver_roles: fields.approver_roles.default([]),
  approver_scopes: fields.approver_scopes.default([]),
  approvals_required: fields.approvals_required.default(1),
  requester_may_decide: fields.requester_may_decide.default(false),
  expires_after_seconds: fields.expires_after_seconds.default(null),
  remind_after_seconds: fields.remind_after_seconds.default(null),
  on_expiry: fields.on_expiry.default("deny"),
});

export type CreateApprovalPolicy = z.infer<typeof createApprovalPolicySchema>;

/** Body of PATCH /approval-policies/{policy_id}. Absent means unchanged. */
export const updateApprovalPolicySchema = z.object(fields).partial();

export type UpdateApprovalPolicy = z.infer<typeof updateApprovalPolicySchema>;

/** A policy as the API shows it. Times are seconds since the epoch. */
export const approvalPolicySchema = z.object({
  id: z.string(),
  ...fields,
  created_at: z.number().int(),
  updated_at: z.number().int().nullable(),
});

export type ApprovalPolicy = z.infer<typeof approvalPolicySchema>;

/** A policy as the door of the tools goes by it, and as it was when a requirement was opened under it. */
export interface ApprovalRule {
  id: string;
  name: string;
  toolPattern: string;
  condition: string | null;
  effect: ToolEffect | null;
  approverRoles: readonly string[];
  approverScopes: readonly string[];
  approvalsRequired: number;
  requesterMayDecide: boolean;
  expiresAfterSeconds: number | null;
  remindAfterSeconds: number | null;
  onExpiry: OnExpiry;
}
