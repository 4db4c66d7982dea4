import { z } from "zod";
import { jsonObjectSchema } from "./json.ts";
import { runRequirementSchema } from "./requirement.ts";
import { runStatusSchema } from "./run-status.ts";
import { componentTypeSchema } from "./session.ts";

/** How an approval stands, with the wire's names. */
export const approvalStatusSchema = z.enum(["pending", "approved", "rejected", "expired", "cancelled"]);

export type ApprovalStatus = z.infer<typeof approvalStatusSchema>;

/** What is asked, in the wire's words; an agent's own questions are user input. */
export const approvalPauseTypeSchema = z.enum(["confirmation", "user_input", "external_execution"]);

export type ApprovalPauseType = z.infer<typeof approvalPauseTypeSchema>;

const approvalTypeSchema = z.enum(["required", "audit"]);

const epochSchema = z.number().int();

/** An approval as the API shows it, nulls in place. Times are seconds since the epoch. */
export const approvalSchema = z.object({
  id: z.string(),
  run_id: z.string(),
  session_id: z.string(),
  status: approvalStatusSchema,
  source_type: componentTypeSchema,
  approval_type: approvalTypeSchema,
  pause_type: approvalPauseTypeSchema,
  tool_name: z.string().nullable(),
  tool_args: jsonObjectSchema.nullable(),
  expires_at: epochSchema.nullable(),
  agent_id: z.string().nullable(),
  team_id: z.string().nullable(),
  workflow_id: z.string().nullable(),
  user_id: z.string().nullable(),
  schedule_id: z.string().nullable(),
  schedule_run_id: z.string().nullable(),
  source_name: z.string().nullable(),
  requirements: z.array(runRequirementSchema).nullable(),
  context: z.object({ tool_names: z.array(z.string()), source_name: z.string() }).nullable(),
  resolution_data: jsonObjectSchema.nullable(),
  resolved_by: z.string().nullable(),
  resolved_at: epochSchema.nullable(),
  created_at: epochSchema.nullable(),
  updated_at: epochSchema.nullable(),
  run_status: runStatusSchema.nullable(),
});

export type Approval = z.infer<typeof approvalSchema>;

/** What `GET /approvals/{id}/status` answers. */
export const approvalStateSchema = z.object({
  approval_id: z.string(),
  status: approvalStatusSchema,
  run_id: z.string(),
  resolved_at: epochSchema.nullable(),
  resolved_by: z.string().nullable(),
});

export type ApprovalState = z.infer<typeof approvalStateSchema>;

/** Body of `POST /approvals/{id}/resolve`. Who resolves is the caller, whatever `resolved_by` says. */
export const resolveApprovalSchema = z.object({
  status: z.enum(["approved", "rejected"]),
  resolved_by: z.string().max(255).nullish(),
  resolution_data: jsonObjectSchema.nullish(),
});

export type ResolveApproval = z.infer<typeof resolveApprovalSchema>;

/** Which approvals a list shows. */
export const approvalFilterSchema = z.object({
  status: approvalStatusSchema.optional(),
  source_type: componentTypeSchema.optional(),
  approval_type: approvalTypeSchema.optional(),
  pause_type: approvalPauseTypeSchema.optional(),
  agent_id: z.string().max(128).optional(),
  team_id: z.string().max(128).optional(),
  workflow_id: z.string().max(128).optional(),
  user_id: z.string().max(255).optional(),
  schedule_id: z.string().max(128).optional(),
  run_id: z.string().max(128).optional(),
});

export type ApprovalFilter = z.infer<typeof approvalFilterSchema>;
