import { z } from "zod";
import { budgetPeriodSchema, MOST_USD } from "./budget.ts";
import { formatMoney } from "./format-money.ts";
import type { JsonObject } from "./json.ts";
import { microUsdOf } from "./micro-usd.ts";

/** The name of the call by which a run asks for money: no tool, but what clients know how to show. */
export const BUDGET_REQUEST_NAME = "request_budget";

/** The arguments of that call. Money is in US dollars. */
export const budgetRequestSchema = z.object({
  /** What has to be granted for the run to go on; who grants may give more. */
  amount_usd: z.number().positive().max(MOST_USD),
  /** The model or the tool that is to be called next. */
  needed_for: z.string(),
  /** The budgets in the way. */
  budgets: z.array(
    z.object({
      counter_id: z.string(),
      name: z.string(),
      period: budgetPeriodSchema,
      limit_usd: z.number(),
      granted_usd: z.number(),
      spent_usd: z.number(),
      reserved_usd: z.number(),
    }),
  ),
});

export type BudgetRequest = z.infer<typeof budgetRequestSchema>;

/** What a run asks for, read from its call's arguments; null when they are something else. */
export function budgetRequestOf(args: JsonObject): BudgetRequest | null {
  return budgetRequestSchema.safeParse(args).data ?? null;
}

const PERIOD_WORDS = { run: "a run", day: "a day", month: "a month" } as const;

/** "This run needs $0.120 more: “Team” allows $5.00 a day, of which $4.95 is spent." */
export function budgetSentence(request: BudgetRequest): string {
  return `This run needs ${money(request.amount_usd)} more: ${request.budgets.map(capWords).join("; ")}.`;
}

/** How one budget stands: "“Team” allows $5.00 a day, of which $4.95 is spent and $0.020 set aside". */
export function capWords(cap: BudgetRequest["budgets"][number]): string {
  const granted = cap.granted_usd > 0 ? ` and ${money(cap.granted_usd)} granted` : "";
  const reserved = cap.reserved_usd > 0 ? ` and ${money(cap.reserved_usd)} set aside` : "";
  return `“${cap.name}” allows ${money(cap.limit_usd)} ${PERIOD_WORDS[cap.period]}${granted}, of which ${money(cap.spent_usd)} is spent${reserved}`;
}

function money(usd: number): string {
  return formatMoney(microUsdOf(usd));
}
