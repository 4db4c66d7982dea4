import { z } from "zod";
import { type Budget, type CreateBudget, createBudgetSchema } from "#lib/core/budget.ts";

const HOUR_SECONDS = 3_600;

/** What the form's controls hold. */
const controlsSchema = z.object({
  name: z.string(),
  applies_to: z.enum(["organization", "agent", "user", "each_user"]),
  agent_id: z.string(),
  user_id: z.string().trim(),
  period: z.enum(["run", "day", "month"]),
  limit_usd: z.string().trim(),
  expires_hours: z.string().trim(),
  enabled: z.boolean(),
});

export type BudgetFormValues = z.input<typeof controlsSchema>;

/** Where the API's names differ from those of the controls. */
export const CONTROL_OF_FIELD: Readonly<Record<string, keyof BudgetFormValues>> = {
  expires_after_seconds: "expires_hours",
};

/** The form's values as the API takes them, with each refusal at its control. */
export const budgetFormSchema = controlsSchema.transform((values, context): CreateBudget => {
  const refuse = (path: keyof BudgetFormValues, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (values.applies_to === "agent" && values.agent_id === "") refuse("agent_id", "Pick an agent.");
  if (values.applies_to === "user" && values.user_id === "") refuse("user_id", "Pick a user.");
  const parsed = createBudgetSchema.safeParse({
    name: values.name,
    enabled: values.enabled,
    applies_to: values.applies_to,
    agent_id: values.applies_to === "agent" && values.agent_id !== "" ? values.agent_id : null,
    user_id: values.applies_to === "user" && values.user_id !== "" ? values.user_id : null,
    period: values.period,
    limit_usd: values.limit_usd === "" ? Number.NaN : Number(values.limit_usd),
    expires_after_seconds: values.expires_hours === "" ? null : Number(values.expires_hours) * HOUR_SECONDS,
  });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0]);
    const control = CONTROL_OF_FIELD[field] ?? (field as keyof BudgetFormValues);
    refuse(control, sentence(issue, control));
  }
  return z.NEVER;
});

function sentence(issue: z.core.$ZodIssue, control: keyof BudgetFormValues): string {
  if (control === "limit_usd") return "From $0.000001 to $1,000,000, as a number: 25 or 0.5.";
  if (control === "expires_hours") return "From a minute to a year, in hours.";
  return issue.code === "too_small" ? "Fill this in." : issue.message;
}

/** What the form starts with: a budget as it is, or the defaults of a new one. */
export function budgetFormValues(budget: Budget | null): BudgetFormValues {
  const seconds = budget === null ? 24 * HOUR_SECONDS : budget.expires_after_seconds;
  return {
    name: budget?.name ?? "",
    applies_to: budget?.applies_to ?? "organization",
    agent_id: budget?.agent_id ?? "",
    user_id: budget?.user_id ?? "",
    period: budget?.period ?? "month",
    limit_usd: budget === null ? "" : String(budget.limit_usd),
    expires_hours: seconds === null ? "" : String(seconds / HOUR_SECONDS),
    enabled: budget?.enabled ?? true,
  };
}
