import { z } from "zod";
import { jsonObjectSchema } from "./json.ts";
import { requirementKindSchema, requirementStatusSchema } from "./requirement.ts";
import { toolExecutionSchema } from "./tool-execution.ts";

const epochSchema = z.number().int();
const personSchema = z.object({
  /** The wire's name of them. */
  id: z.string(),
  /** What people call them; null for those who have no account here. */
  name: z.string().nullable(),
  /** True for the caller. */
  you: z.boolean(),
});

export type Person = z.infer<typeof personSchema>;

/** What a run waits for, or has waited for, with all that a person needs to decide. Ours: no AgentOS has it. */
export const requirementStateSchema = z.object({
  id: z.string(),
  run_id: z.string(),
  session_id: z.string(),
  agent_id: z.string(),
  agent_name: z.string(),
  /** The beginning of what its run was asked. */
  question: z.string(),
  /** Whose run it is; null for one of nobody in particular. */
  asked_for: personSchema.nullable(),
  kind: requirementKindSchema,
  status: requirementStatusSchema,
  outcome: z.enum(["approved", "rejected"]).nullable(),
  approval_type: z.enum(["required", "audit"]).nullable(),
  /** The call as it was put to people, and as they have left it. */
  asked: toolExecutionSchema,
  settled: toolExecutionSchema.nullable(),
  tool_title: z.string().nullable(),
  effect: z.enum(["read", "idempotent", "write"]).nullable(),
  /** JSON schema of the tool's arguments as it is now; null when there is no such tool any more. */
  input_schema: jsonObjectSchema.nullable(),
  /** The same for calls of the same tool with the same arguments. */
  fingerprint: z.string(),
  policy: z
    .object({
      name: z.string(),
      tool_pattern: z.string(),
      condition: z.string().nullable(),
      approver_roles: z.array(z.string()),
      approver_scopes: z.array(z.string()),
      approvals_required: z.number().int(),
      requester_may_decide: z.boolean(),
      on_expiry: z.enum(["deny", "end"]),
    })
    .nullable(),
  votes: z.array(z.object({ by: personSchema, at: epochSchema })),
  resolved_by: personSchema.nullable(),
  resolved_at: epochSchema.nullable(),
  expires_at: epochSchema.nullable(),
  created_at: epochSchema,
  /** Why the caller may not decide so; null when they may. */
  approve_refusal: z.string().nullable(),
  reject_refusal: z.string().nullable(),
});

export type RequirementState = z.infer<typeof requirementStateSchema>;
