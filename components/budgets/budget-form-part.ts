import type { UseFormReturn } from "react-hook-form";
import type { CreateBudget } from "#lib/core/budget.ts";
import type { BudgetFormValues } from "./budget-form-schema.ts";

/** Something to pick by its name. */
interface Choice {
  id: string;
  name: string;
}

/** What each part of the form is given. */
export interface BudgetFormPart extends BudgetChoices {
  form: UseFormReturn<BudgetFormValues, unknown, CreateBudget>;
}

/** Whom a budget may be for. */
export interface BudgetChoices {
  agents: readonly Choice[];
  users: readonly Choice[];
}
