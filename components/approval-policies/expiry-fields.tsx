"use client";

import { Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import type { PolicyFormPart } from "./policy-form-part.ts";

const UNITS = [
  { value: "minutes", label: "minutes" },
  { value: "hours", label: "hours" },
  { value: "days", label: "days" },
];

interface SpanFieldProps extends PolicyFormPart {
  name: "expires" | "remind";
  label: string;
  hint: string;
}

function SpanField({ form, name, label, hint }: SpanFieldProps) {
  return (
    <div className="flex items-start gap-2">
      <Field
        label={label}
        aside="Optional"
        hint={hint}
        error={form.formState.errors[name]?.message}
        className="flex-1"
      >
        <Input {...form.register(name)} inputMode="numeric" autoComplete="off" />
      </Field>
      <Controller
        control={form.control}
        name={`${name}_unit`}
        render={({ field }) => (
          <Select
            aria-label={`${label}: unit`}
            value={field.value}
            onValueChange={field.onChange}
            options={UNITS}
            className="mt-6 w-28"
          />
        )}
      />
    </div>
  );
}

/** How long people have, and what becomes of what nobody decides about. */
export function ExpiryFields({ form }: PolicyFormPart) {
  return (
    <>
      <SpanField form={form} name="expires" label="Time to decide" hint="Empty: it waits without limit." />
      <Field label="When the time is over">
        <Controller
          control={form.control}
          name="on_expiry"
          render={({ field }) => (
            <Select
              value={field.value}
              onValueChange={field.onChange}
              options={[
                { value: "deny", label: "Deny the call; the agent is told" },
                { value: "end", label: "End the run" },
              ]}
            />
          )}
        />
      </Field>
      <SpanField form={form} name="remind" label="Remind after" hint="Empty: nobody is reminded." />
      <Controller
        control={form.control}
        name="enabled"
        render={({ field }) => (
          <SwitchField
            label="Enabled"
            hint="Off, calls run without it. What waits under it waits on."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
    </>
  );
}
