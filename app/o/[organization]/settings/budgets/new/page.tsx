import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BudgetForm } from "#components/budgets/budget-form.tsx";
import { budgetFormValues } from "#components/budgets/budget-form-schema.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { listBudgetChoices } from "#lib/server/list-budget-choices.ts";

export const metadata: Metadata = { title: "New budget" };

interface NewBudgetPageProps {
  params: Promise<{ organization: string }>;
}

export default async function NewBudgetPage({ params }: NewBudgetPageProps) {
  const { organization } = await params;
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const choices = await listBudgetChoices(scopeOf(principal));
  return <BudgetForm existing={null} values={budgetFormValues(null)} {...choices} />;
}
