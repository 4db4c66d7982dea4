import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { BudgetList } from "#components/budgets/budget-list.tsx";
import { BudgetWarnings } from "#components/budgets/budget-warnings.tsx";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listBudgets } from "#lib/server/list-budgets.ts";
import { listBudgetWarnings } from "#lib/server/list-budget-warnings.ts";
import { memberNames } from "#lib/server/member-names.ts";

export const metadata: Metadata = { title: "Budgets" };

interface BudgetsPageProps {
  params: Promise<{ organization: string }>;
}

/** How much runs may cost, and how much they have. */
export default async function BudgetsPage({ params }: BudgetsPageProps) {
  const { organization } = await params;
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) {
    return (
      <EmptyState title="Owners and admins see these.">
        A budget says how much runs may cost in a day or a month. A run that would cost more waits for an
        admin.
      </EmptyState>
    );
  }
  const scope = scopeOf(principal);
  const [budgets, warnings, agents, members] = await Promise.all([
    listBudgets(scope),
    listBudgetWarnings(principal),
    listAgents(scope),
    memberNames(scope),
  ]);
  const add = (
    <AdminAction
      href={pageHref(organization, "/settings/budgets/new")}
      variant={budgets.length === 0 ? "secondary" : "primary"}
    >
      <Plus />
      New budget
    </AdminAction>
  );
  if (budgets.length === 0) {
    return (
      <EmptyState title="No budgets yet" actions={add}>
        A budget says how much the runs of the organization, of an agent or of a user may cost: each run, a
        day or a month. A run that would cost more waits until an admin grants it.
      </EmptyState>
    );
  }
  const names = {
    agents: Object.fromEntries(agents.map(({ definition: { id, name } }) => [id, name])),
    users: Object.fromEntries(members),
  };
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-3">
        <p className="text-fg-3">Days and months are in UTC. The mark is where people are warned.</p>
        {add}
      </div>
      {warnings.length === 0 ? null : (
        <div className="mb-4">
          <BudgetWarnings organization={organization} budgets={warnings} />
        </div>
      )}
      <BudgetList organization={organization} budgets={budgets} names={names} />
    </>
  );
}
