import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BudgetForm } from "#components/budgets/budget-form.tsx";
import { budgetFormValues } from "#components/budgets/budget-form-schema.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { listBudgetChoices } from "#lib/server/list-budget-choices.ts";
import { listBudgets } from "#lib/server/list-budgets.ts";

export const metadata: Metadata = { title: "Edit budget" };

interface BudgetPageProps {
  params: Promise<{ organization: string; budgetId: string }>;
}

export default async function BudgetPage({ params }: BudgetPageProps) {
  const { organization, budgetId } = await params;
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const scope = scopeOf(principal);
  const [budgets, choices] = await Promise.all([listBudgets(scope), listBudgetChoices(scope)]);
  const budget = budgets.find(({ id }) => id === decodeURIComponent(budgetId));
  if (budget === undefined) notFound();
  const { id, name } = budget;
  return <BudgetForm existing={{ id, name }} values={budgetFormValues(budget)} {...choices} />;
}
