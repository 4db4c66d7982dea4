import { z } from "zod";
import {
  type ApprovalPolicy,
  type CreateApprovalPolicy,
  createApprovalPolicySchema,
} from "#lib/core/approval-policy.ts";

const UNIT_SECONDS = { minutes: 60, hours: 3_600, days: 86_400 } as const;

export type TimeUnit = keyof typeof UNIT_SECONDS;

const units = z.enum(["minutes", "hours", "days"]);
const amount = z.string().trim();

/** What the form's controls hold. */
const controlsSchema = z.object({
  name: z.string(),
  description: z.string(),
  tool_pattern: z.string().trim(),
  condition: z.string().trim(),
  effect: z.string(),
  approver_roles: z.array(z.enum(["owner", "admin", "member"])),
  approver_scopes: z.string(),
  two_people: z.boolean(),
  requester_may_decide: z.boolean(),
  expires: amount,
  expires_unit: units,
  remind: amount,
  remind_unit: units,
  on_expiry: z.enum(["deny", "end"]),
  position: amount,
  enabled: z.boolean(),
});

export type PolicyFormValues = z.input<typeof controlsSchema>;

/** Where the API's names differ from those of the controls. */
export const CONTROL_OF_FIELD: Readonly<Record<string, keyof PolicyFormValues>> = {
  expires_after_seconds: "expires",
  remind_after_seconds: "remind",
  approvals_required: "two_people",
};

/** The form's values as the API takes them, with each refusal at its control. */
export const policyFormSchema = controlsSchema.transform((values, context): CreateApprovalPolicy => {
  const parsed = createApprovalPolicySchema.safeParse({
    name: values.name,
    description: values.description.trim() === "" ? null : values.description.trim(),
    tool_pattern: values.tool_pattern,
    condition: values.condition === "" ? null : values.condition,
    effect: values.effect === "" ? null : values.effect,
    approver_roles: values.approver_roles,
    approver_scopes: values.approver_scopes.split(/[\s,]+/).filter((scope) => scope !== ""),
    approvals_required: values.two_people ? 2 : 1,
    requester_may_decide: values.requester_may_decide,
    expires_after_seconds: secondsOf(values.expires, values.expires_unit),
    remind_after_seconds: secondsOf(values.remind, values.remind_unit),
    on_expiry: values.on_expiry,
    position: values.position === "" ? undefined : Number(values.position),
    enabled: values.enabled,
  });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0]);
    const control = CONTROL_OF_FIELD[field] ?? field;
    context.addIssue({ code: "custom", path: [control], message: sentence(issue, control) });
  }
  return z.NEVER;
});

function sentence(issue: z.core.$ZodIssue, control: string): string {
  if (control === "expires" || control === "remind") return "From a minute to a year, in whole numbers.";
  if (issue.code === "too_small" && issue.origin === "string") return "Fill this in.";
  if (issue.code === "invalid_type") return "Write a whole number.";
  return issue.message;
}

function secondsOf(text: string, unit: TimeUnit): number | null {
  return text === "" ? null : Number(text) * UNIT_SECONDS[unit];
}

/** What the form starts with: a policy as it is, or the defaults of a new one. */
export function policyFormValues(policy: ApprovalPolicy | null): PolicyFormValues {
  const expires = spanOf(policy === null ? 86_400 : policy.expires_after_seconds);
  const remind = spanOf(policy?.remind_after_seconds ?? null);
  return {
    name: policy?.name ?? "",
    description: policy?.description ?? "",
    tool_pattern: policy?.tool_pattern ?? "",
    condition: policy?.condition ?? "",
    effect: policy?.effect ?? "",
    approver_roles: policy?.approver_roles ?? [],
    approver_scopes: policy?.approver_scopes.join(", ") ?? "",
    two_people: (policy?.approvals_required ?? 1) > 1,
    requester_may_decide: policy?.requester_may_decide ?? false,
    expires: expires.amount,
    expires_unit: expires.unit,
    remind: remind.amount,
    remind_unit: remind.unit,
    on_expiry: policy?.on_expiry ?? "deny",
    position: String(policy?.position ?? 100),
    enabled: policy?.enabled ?? true,
  };
}

/** Seconds in the largest unit that they are a whole number of; parts of a minute stay as they are. */
function spanOf(seconds: number | null): { amount: string; unit: TimeUnit } {
  if (seconds === null) return { amount: "", unit: "hours" };
  const unit = (["days", "hours"] as const).find((each) => seconds % UNIT_SECONDS[each] === 0) ?? "minutes";
  return { amount: String(seconds / UNIT_SECONDS[unit]), unit };
}
