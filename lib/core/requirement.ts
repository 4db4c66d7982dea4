import { z } from "zod";
import type { ApprovalRule } from "./approval-policy.ts";
import type { ApprovalType } from "./tool.ts";
import {
  type ToolExecution,
  toolExecutionSchema,
  userInputFieldSchema,
  userQuestionSchema,
} from "./tool-execution.ts";

/** What a paused run can wait for. Whether it takes an approval is a matter of its own: see ApprovalType. */
export const requirementKindSchema = z.enum([
  "confirmation",
  "user_input",
  "user_feedback",
  "external_execution",
  "effect_unknown",
  "budget",
]);

export type RequirementKind = z.infer<typeof requirementKindSchema>;

/** `settled` by a person, `expired` by time, `cancelled` with its run. */
export const requirementStatusSchema = z.enum(["open", "settled", "expired", "cancelled"]);

export type RequirementStatus = z.infer<typeof requirementStatusSchema>;

/** A requirement on the wire (its RunRequirement). What is asked stands in the call; the rest are copies of it. */
export const runRequirementSchema = z.object({
  id: z.string(),
  /** ISO with microseconds and `+00:00`. */
  created_at: z.string(),
  tool_execution: toolExecutionSchema,
  user_input_schema: z.array(userInputFieldSchema).optional(),
  user_feedback_schema: z.array(userQuestionSchema).optional(),
  /** Ours: when it will be too late, in seconds since the epoch. */
  expires_at: z.number().int().optional(),
  /**
   * Ours: that it is not known what the call did, or that the call is the run's own and asks for money. Other kinds are
   * told from the call's flags.
   */
  kind: z.enum(["effect_unknown", "budget"]).optional(),
});

export type RunRequirement = z.infer<typeof runRequirementSchema>;

/** A requirement about to be opened with the event that pauses its run. */
export interface NewRequirement {
  id: string;
  runId: string;
  kind: RequirementKind;
  approvalType: ApprovalType | null;
  /** The policy that asks for the approval, as it is now; null when the tool or the agent's settings ask. */
  rule: ApprovalRule | null;
  /** The call's place among those of its turn. */
  position: number;
  /** The call as it is put to the person. */
  asked: ToolExecution;
  /** SHA-256 of the canonical JSON of the arguments: what a decision is bound to. */
  argumentsHash: string;
  /** SHA-256 of what the tool is: a decision does not count for another tool of the same name. */
  toolFingerprint: string;
  createdAtMs: number;
}

/** A requirement as the wire has it. */
export function runRequirement(
  requirement: Pick<NewRequirement, "id" | "kind" | "asked" | "rule" | "createdAtMs">,
): RunRequirement {
  const { kind, asked, rule, createdAtMs } = requirement;
  const expiresAfterSeconds = rule?.expiresAfterSeconds ?? null;
  return {
    id: requirement.id,
    created_at: wireMicroseconds(createdAtMs),
    tool_execution: asked,
    ...(asked.user_input_schema === null ? {} : { user_input_schema: asked.user_input_schema }),
    ...(asked.user_feedback_schema === null ? {} : { user_feedback_schema: asked.user_feedback_schema }),
    ...(expiresAfterSeconds === null
      ? {}
      : { expires_at: Math.floor(createdAtMs / 1_000) + expiresAfterSeconds }),
    ...(kind === "effect_unknown" || kind === "budget" ? { kind } : {}),
  };
}

function wireMicroseconds(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000+00:00");
}
