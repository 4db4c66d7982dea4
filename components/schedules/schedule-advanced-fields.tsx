"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Controller, useWatch } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { CATCH_UP_OPTIONS, OVERLAP_OPTIONS } from "./policy-words.ts";
import type { ScheduleFormPart } from "./schedule-form-part.ts";

const FIELDS = [
  "overlap_policy",
  "catch_up_policy",
  "max_retries",
  "retry_delay_seconds",
  "timeout_seconds",
  "session",
] as const;

/** What most schedules leave as it is. Folded, but opens by itself when something in it is refused. */
export function ScheduleAdvancedFields({ form }: ScheduleFormPart) {
  const { errors } = form.formState;
  const [open, setOpen] = useState(false);
  const target = useWatch({ control: form.control, name: "target" });
  const refused = FIELDS.some((field) => errors[field] !== undefined);
  return (
    <details
      id="advanced"
      open={open || refused}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group scroll-mt-4 py-5"
    >
      <summary className="flex list-none items-center gap-1.5 text-md font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-fg-3 transition-transform group-open:rotate-90" />
        Advanced
        <span className="ml-1 truncate text-sm font-normal text-fg-3">
          overlaps, missed times, retries, time limit
        </span>
      </summary>
      <div className="mt-3 flex flex-col gap-3.5">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Controller
            control={form.control}
            name="overlap_policy"
            render={({ field }) => (
              <Field label="While the last one still runs" error={errors.overlap_policy?.message}>
                <Select value={field.value} onValueChange={field.onChange} options={OVERLAP_OPTIONS} />
              </Field>
            )}
          />
          <Controller
            control={form.control}
            name="catch_up_policy"
            render={({ field }) => (
              <Field label="Times missed while the server was down" error={errors.catch_up_policy?.message}>
                <Select value={field.value} onValueChange={field.onChange} options={CATCH_UP_OPTIONS} />
              </Field>
            )}
          />
          <Field label="Retries after a failure" aside="0 to 10" error={errors.max_retries?.message}>
            <Input {...form.register("max_retries")} inputMode="numeric" />
          </Field>
          <Field
            label="Wait before a retry"
            aside="seconds, 1 to 3,600"
            error={errors.retry_delay_seconds?.message}
          >
            <Input {...form.register("retry_delay_seconds")} inputMode="numeric" />
          </Field>
          <Field
            label="Time limit"
            aside="seconds, 1 to 86,400"
            hint="A run that takes longer is stopped."
            error={errors.timeout_seconds?.message}
          >
            <Input {...form.register("timeout_seconds")} inputMode="numeric" />
          </Field>
          {target === "agent" ? (
            <Field
              label="Session"
              aside="Optional"
              hint="An id that all its runs share. Empty: each run has a session of its own."
              error={errors.session?.message}
            >
              <Input
                {...form.register("session")}
                className="mono sm:text-[12px]"
                autoComplete="off"
                spellCheck={false}
              />
            </Field>
          ) : null}
        </div>
      </div>
    </details>
  );
}
