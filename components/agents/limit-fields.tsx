"use client";

import { Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import type { AgentFormPart } from "./context-fields.tsx";

const FIELDS = [
  {
    name: "tool_call_limit",
    label: "Tool calls in a run",
    aside: "at most",
    hint: "Further calls are refused, and the model is told.",
  },
  {
    name: "step_limit",
    label: "Model calls in a run",
    aside: "at most",
    hint: "With the last one it has to answer without tools. Empty: no limit.",
  },
  {
    name: "time_limit_seconds",
    label: "Time of a run",
    aside: "seconds, at most",
    hint: "Waiting for people does not count. Empty: no limit.",
  },
  {
    name: "cost_limit_usd",
    label: "Cost of a run",
    aside: "US dollars, at most",
    hint: "Before it would cost more it waits for an admin. Empty: no limit of its own.",
  },
  {
    name: "retries",
    label: "Tries after an error",
    aside: "0 to 10",
    hint: "For faults that may pass; what was done stays done.",
  },
  {
    name: "delay_between_retries",
    label: "Pause before a try",
    aside: "seconds",
    hint: undefined,
  },
] as const;

/** How much a run may do, and what becomes of it when something fails. */
export function LimitFields({ form }: AgentFormPart) {
  const { errors } = form.formState;
  return (
    <>
      {FIELDS.map(({ name, ...words }) => (
        <Field key={name} {...words} error={errors[name]?.message}>
          <Input {...form.register(name)} inputMode={name === "cost_limit_usd" ? "decimal" : "numeric"} />
        </Field>
      ))}
      <Controller
        control={form.control}
        name="exponential_backoff"
        render={({ field }) => (
          <SwitchField
            label="Longer pauses"
            hint="Each pause is twice as long as the one before."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
    </>
  );
}
