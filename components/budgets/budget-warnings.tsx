import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import type { Budget } from "#lib/core/budget.ts";
import { usageWords } from "./budget-words.ts";

interface BudgetWarningsProps {
  organization: string;
  /** Those of which most is spent. */
  budgets: readonly Budget[];
}

/** A banner that says which budgets are nearly spent; nothing when none is. */
export function BudgetWarnings({ organization, budgets }: BudgetWarningsProps) {
  if (budgets.length === 0) return null;
  return (
    <aside
      aria-label="Budgets nearly spent"
      className="flex items-start gap-2.5 rounded-lg border border-needs-line bg-needs-soft px-3.5 py-3"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-needs" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          {budgets.length === 1 ? "A budget is nearly spent" : `${budgets.length} budgets are nearly spent`}
        </p>
        <ul className="text-fg-2">
          {budgets.map((budget) => (
            <li key={budget.id}>
              <Link
                href={pageHref(organization, `/settings/budgets/${encodeURIComponent(budget.id)}`)}
                className="font-medium underline underline-offset-2"
              >
                {budget.name}
              </Link>
              : {usageWords(budget)}. Beyond it runs wait for an admin.
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}
