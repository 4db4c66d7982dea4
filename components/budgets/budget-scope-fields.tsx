"use client";

import { Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { BudgetFormPart } from "./budget-form-part.ts";

/** Whose runs a budget counts, and for how long. */
export function BudgetScopeFields({ form, agents, users }: BudgetFormPart) {
  const { errors } = form.formState;
  const appliesTo = form.watch("applies_to");
  return (
    <>
      <Field label="Counts">
        <Controller
          control={form.control}
          name="applies_to"
          render={({ field }) => (
            <Select
              value={field.value}
              onValueChange={field.onChange}
              options={[
                { value: "organization", label: "All runs of the organization" },
                { value: "agent", label: "The runs of one agent" },
                { value: "user", label: "The runs of one user" },
                { value: "each_user", label: "The runs of each user by themselves" },
              ]}
            />
          )}
        />
      </Field>
      {appliesTo === "agent" ? (
        <Field label="Agent" error={errors.agent_id?.message}>
          <Controller
            control={form.control}
            name="agent_id"
            render={({ field }) => (
              <Select
                value={field.value}
                onValueChange={field.onChange}
                placeholder="Pick an agent"
                options={agents.map(({ id, name }) => ({ value: id, label: name, hint: id }))}
              />
            )}
          />
        </Field>
      ) : null}
      {appliesTo === "user" ? (
        <Field
          label="User"
          hint="A member, or the user_id that a token's subject gives."
          error={errors.user_id?.message}
        >
          <Input {...form.register("user_id")} list="budget-users" autoComplete="off" maxLength={255} />
        </Field>
      ) : null}
      <datalist id="budget-users">
        {users.map(({ id, name }) => (
          <option key={id} value={id} label={name} />
        ))}
      </datalist>
      <Field label="Period">
        <Controller
          control={form.control}
          name="period"
          render={({ field }) => (
            <Select
              value={field.value}
              onValueChange={field.onChange}
              options={[
                { value: "run", label: "A run" },
                { value: "day", label: "A day", hint: "UTC" },
                { value: "month", label: "A month", hint: "UTC" },
              ]}
            />
          )}
        />
      </Field>
    </>
  );
}
