import { z } from "zod";

/** Whose runs a budget counts: together those of the organization, of one agent or of one user, or each user's apart. */
const appliesToSchema = z.enum(["organization", "agent", "user", "each_user"]);

export type BudgetAppliesTo = z.infer<typeof appliesToSchema>;

/** For how long a budget lasts: a single run, or a day or a month in UTC. */
export const budgetPeriodSchema = z.enum(["run", "day", "month"]);

export type BudgetPeriod = z.infer<typeof budgetPeriodSchema>;

/** The most that one amount of money may be, in US dollars: far below what a double counts exactly in millionths. */
export const MOST_USD = 1_000_000;

/** An amount of money in US dollars, a millionth at least. */
export const usdAmountSchema = z
  .number()
  .min(0.000_001, { abort: true })
  .max(MOST_USD)
  .refine((usd) => Math.abs(usd * 1e6 - Math.round(usd * 1e6)) < 1e-3, "Six decimals at most.");

const MOST_SECONDS = 366 * 86_400;

const fields = {
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  applies_to: appliesToSchema,
  /** The agent, with `agent`; else null. */
  agent_id: z.string().min(1).max(128).nullable(),
  /** The user, with `user`; else null. */
  user_id: z.string().min(1).max(255).nullable(),
  period: budgetPeriodSchema,
  limit_usd: usdAmountSchema,
  /** How long a run waits for somebody to grant it more; null: without limit. */
  expires_after_seconds: z.number().int().min(60).max(MOST_SECONDS).nullable(),
};

/** Body of POST /budgets. */
export const createBudgetSchema = z.object({
  ...fields,
  enabled: fields.enabled.default(true),
  agent_id: fields.agent_id.default(null),
  user_id: fields.user_id.default(null),
  expires_after_seconds: fields.expires_after_seconds.default(86_400),
});

export type CreateBudget = z.infer<typeof createBudgetSchema>;

/** Body of PATCH /budgets/{budget_id}. Absent means unchanged. */
export const updateBudgetSchema = z.object(fields).partial();

export type UpdateBudget = z.infer<typeof updateBudgetSchema>;

/** How a budget stands in its present period, in US dollars; of `each_user` the user who has used most. */
export const budgetUsageSchema = z.object({
  /** Paid for, calls that died at their worst case included. */
  spent_usd: z.number(),
  /** Set aside for calls that are under way. */
  reserved_usd: z.number(),
  /** What people have added to the limit in this period. */
  granted_usd: z.number(),
  /** Spent, as a part of the limit and what was granted. */
  used_ratio: z.number(),
  user_id: z.string().nullable(),
  /** Seconds since the epoch. */
  period_start: z.number().int(),
  period_end: z.number().int(),
});

export type BudgetUsage = z.infer<typeof budgetUsageSchema>;

/** A budget as the API shows it. Times are seconds since the epoch. */
export const budgetSchema = z.object({
  id: z.string(),
  ...fields,
  /** Null for budgets of a single run: each has its own. */
  usage: budgetUsageSchema.nullable(),
  created_at: z.number().int(),
  updated_at: z.number().int().nullable(),
});

export type Budget = z.infer<typeof budgetSchema>;

/** From which part of a budget on people are warned. */
export const BUDGET_WARNING_RATIO = 0.8;
