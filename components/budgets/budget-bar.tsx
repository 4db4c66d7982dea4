import { cn } from "#components/ui/class-names.ts";
import { BUDGET_WARNING_RATIO, type Budget } from "#lib/core/budget.ts";
import { usageWords } from "./budget-words.ts";

/** How much of a budget is spent in its present period, with a mark where people are warned. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { usage } = budget;
  if (usage === null) return null;
  const allowed = budget.limit_usd + usage.granted_usd;
  const percent = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * 100);
  const spent = percent(usage.used_ratio);
  const held = Math.min(100 - spent, percent(usage.reserved_usd / allowed));
  return (
    <div
      role="meter"
      aria-label={`${budget.name}: spent`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={spent}
      aria-valuetext={usageWords(budget)}
      className="relative flex h-1.5 w-full overflow-hidden rounded-full bg-active"
    >
      <span
        className={cn("h-full", usage.used_ratio >= BUDGET_WARNING_RATIO ? "bg-needs" : "bg-accent")}
        style={{ width: `${spent}%` }}
      />
      <span className="h-full bg-accent/40" style={{ width: `${held}%` }} />
      <span
        aria-hidden
        className="absolute inset-y-0 w-px bg-fg-3"
        style={{ left: `${BUDGET_WARNING_RATIO * 100}%` }}
      />
    </div>
  );
}
