"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { FormSection } from "#components/agents/form-section.tsx";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { fieldFailures } from "#components/shell/field-failures.ts";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { useLeaveGuard } from "#components/shell/leave-guard-context.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import { ApiError } from "#lib/client/api-error.ts";
import type { CreateBudget } from "#lib/core/budget.ts";
import type { BudgetChoices } from "./budget-form-part.ts";
import { budgetFormSchema, type BudgetFormValues, CONTROL_OF_FIELD } from "./budget-form-schema.ts";
import { BudgetScopeFields } from "./budget-scope-fields.tsx";
import { createBudget, deleteBudget, updateBudget } from "./save-budget.ts";

interface BudgetFormProps extends BudgetChoices {
  /** Null for a new budget. */
  existing: { id: string; name: string } | null;
  values: BudgetFormValues;
}

/** Makes, edits or deletes a budget through the API. */
export function BudgetForm({ existing, values, agents, users }: BudgetFormProps) {
  const router = useRouter();
  const api = useApi();
  const { organization } = useShell();
  const form = useForm<BudgetFormValues, unknown, CreateBudget>({
    resolver: zodResolver(budgetFormSchema),
    defaultValues: values,
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const [failure, setFailure] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const [asks, setAsks] = useState(false);
  useLeaveGuard(isDirty && !saved);

  function leave() {
    setSaved(true);
    router.push(pageHref(organization.slug, "/settings/budgets"));
    router.refresh();
  }

  async function save(body: CreateBudget) {
    setFailure(null);
    try {
      if (existing === null) await createBudget(api, body);
      else await updateBudget(api, existing.id, body);
    } catch (error) {
      refuse(error);
      return;
    }
    leave();
  }

  function refuse(error: unknown) {
    if (error instanceof ApiError && error.status === 409) {
      form.setError("name", { message: error.message }, { shouldFocus: true });
      return;
    }
    let placed = false;
    for (const { path, message } of fieldFailures(error, ["body"])) {
      const field = path.split(".")[0] ?? "";
      const control = CONTROL_OF_FIELD[field] ?? Object.keys(values).find((key) => key === field);
      if (control === undefined) continue;
      form.setError(control as keyof BudgetFormValues, { message }, { shouldFocus: !placed });
      placed = true;
    }
    if (!placed) setFailure(failureSentence(error));
  }

  async function remove() {
    if (existing === null) return;
    try {
      await deleteBudget(api, existing.id);
    } catch (error) {
      throw new Error(failureSentence(error), { cause: error });
    }
    leave();
  }

  const submit = () => void form.handleSubmit(save)();
  useShortcut({ keys: "mod+enter", label: "Save the budget", group: "On this page", run: submit });

  return (
    <form
      noValidate
      className="max-w-[640px]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 className="text-lg">{existing === null ? "New budget" : `Edit ${existing.name}`}</h2>
      {failure === null ? null : (
        <ErrorState title="The budget was not saved" className="mt-4">
          {failure}
        </ErrorState>
      )}
      <FormSection id="basics" title="Basics">
        <Field label="Name" hint="Whoever is asked for more money reads it." error={errors.name?.message}>
          <Input
            {...form.register("name")}
            autoFocus={existing === null}
            maxLength={120}
            autoComplete="off"
            placeholder="Support, a day"
          />
        </Field>
        <Field label="Limit" aside="US dollars" error={errors.limit_usd?.message}>
          <Input
            {...form.register("limit_usd")}
            inputMode="decimal"
            autoComplete="off"
            className="sm:w-40"
            placeholder="25.00"
          />
        </Field>
      </FormSection>
      <FormSection id="scope" title="What it counts">
        <BudgetScopeFields form={form} agents={agents} users={users} />
      </FormSection>
      <FormSection id="beyond" title="Beyond the limit">
        <Field
          label="Time to grant more"
          aside="hours, optional"
          hint="A run that would cost more waits this long for an admin, then it ends. Empty: without limit."
          error={errors.expires_hours?.message}
        >
          <Input
            {...form.register("expires_hours")}
            inputMode="decimal"
            autoComplete="off"
            className="sm:w-40"
          />
        </Field>
        <Controller
          control={form.control}
          name="enabled"
          render={({ field }) => (
            <SwitchField
              label="Enabled"
              hint="Off, it counts nothing and stops nothing."
              checked={field.value}
              onCheckedChange={field.onChange}
            />
          )}
        />
      </FormSection>
      <div className="flex flex-wrap items-center gap-2 pt-4">
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {existing === null ? "Create budget" : "Save budget"}
          <KeyCaps keys="mod+enter" />
        </Button>
        {existing === null ? null : (
          <Button variant="ghost" className="ml-auto" onClick={() => setAsks(true)}>
            Delete budget
          </Button>
        )}
      </div>
      {existing === null ? null : (
        <ConfirmDialog
          open={asks}
          onOpenChange={setAsks}
          title={`Delete ${existing.name}?`}
          description="Nothing is limited by it any more. What was spent stays on record."
          confirmLabel={`Delete ${existing.name}`}
          onConfirm={remove}
        />
      )}
    </form>
  );
}
