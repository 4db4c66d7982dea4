import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { RowLink } from "#components/ui/table.tsx";
import type { Budget } from "#lib/core/budget.ts";
import { BudgetBar } from "./budget-bar.tsx";
import { BudgetSwitch } from "./budget-switch.tsx";
import { type BudgetNames, budgetLine, usageWords } from "./budget-words.ts";

interface BudgetListProps {
  organization: string;
  budgets: readonly Budget[];
  names: BudgetNames;
}

/** The budgets: what each allows, and how it stands in its present period. */
export function BudgetList({ organization, budgets, names }: BudgetListProps) {
  return (
    <RowKeys>
      <ul aria-label="Budgets" className="divide-y divide-line border-y border-line">
        {budgets.map((budget) => (
          <li
            key={budget.id}
            className="relative flex items-center gap-4 py-2.5 [&:has(a[data-row]:hover)]:bg-hover"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <RowLink
                  href={pageHref(organization, `/settings/budgets/${encodeURIComponent(budget.id)}`)}
                  className="font-medium"
                >
                  {budget.name}
                </RowLink>
                <span className="text-fg-3">{budgetLine(budget, names)}</span>
              </p>
              <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
                {budget.usage === null ? null : (
                  <div className="w-full max-w-60">
                    <BudgetBar budget={budget} />
                  </div>
                )}
                <span className="text-sm text-fg-3 tabular-nums">
                  {usageWords(budget)}
                  {budget.usage === null || budget.usage.user_id === null
                    ? null
                    : `, most by ${names.users[budget.usage.user_id] ?? budget.usage.user_id}`}
                </span>
              </div>
            </div>
            <BudgetSwitch id={budget.id} name={budget.name} enabled={budget.enabled} />
          </li>
        ))}
      </ul>
    </RowKeys>
  );
}
