"use client";

import { Controller, useWatch } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { cronOfPreset, MINUTE_STEPS } from "#lib/core/cron-preset.ts";
import { cronSchedule } from "#lib/core/cron-schedule.ts";
import { cronSentence } from "#lib/core/cron-sentence.ts";
import { isTimeZone } from "#lib/core/is-time-zone.ts";
import { cronFault } from "./cron-fault.ts";
import { FireTimes } from "./fire-times.tsx";
import { presetOfForm } from "./schedule-form-schema.ts";
import type { ScheduleFormPart } from "./schedule-form-part.ts";
import { TimeZoneField } from "./time-zone-field.tsx";
import { WeekdaysField } from "./weekdays-field.tsx";

const FREQUENCY_OPTIONS = [
  { value: "minutes", label: "Every few minutes" },
  { value: "hourly", label: "Every hour" },
  { value: "daily", label: "Every day" },
  { value: "weekdays", label: "Every weekday" },
  { value: "weekly", label: "Every week" },
  { value: "monthly", label: "Every month" },
  { value: "custom", label: "Cron expression" },
];
const STEP_OPTIONS = MINUTE_STEPS.map((step) => ({
  value: String(step),
  label: step === 1 ? "Every minute" : `Every ${step} minutes`,
}));
const DAY_OPTIONS = [
  ...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: `Day ${index + 1}` })),
  { value: "last", label: "The last day" },
];

/** When a schedule fires: a frequency in words or a cron expression, the clock that it is meant on, and what comes of it. */
export function WhenFields({ form }: ScheduleFormPart) {
  const { errors } = form.formState;
  const values = useWatch({ control: form.control });
  const frequency = values.frequency ?? "daily";
  const expression = cronOfPreset(
    presetOfForm({
      frequency,
      every: values.every ?? "",
      minute: values.minute ?? "",
      time: values.time ?? "",
      weekdays: values.weekdays ?? [],
      day: values.day ?? "",
      expression: values.expression ?? "",
    }),
  );
  const timeZone = values.timezone ?? "";
  const hasTime = frequency !== "minutes" && frequency !== "hourly" && frequency !== "custom";
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Controller
          control={form.control}
          name="frequency"
          render={({ field }) => (
            <Field label="How often">
              <Select
                value={field.value}
                onValueChange={(next) => {
                  // An expression of one's own begins with what was picked before.
                  if (next === "custom" && cronSchedule(expression, "UTC") !== null)
                    form.setValue("expression", expression);
                  field.onChange(next);
                }}
                options={FREQUENCY_OPTIONS}
              />
            </Field>
          )}
        />
        {frequency === "minutes" ? (
          <Controller
            control={form.control}
            name="every"
            render={({ field }) => (
              <Field label="Interval">
                <Select value={field.value} onValueChange={field.onChange} options={STEP_OPTIONS} />
              </Field>
            )}
          />
        ) : null}
        {frequency === "hourly" ? (
          <Field label="Minute" aside="0 to 59" error={errors.minute?.message}>
            <Input {...form.register("minute")} inputMode="numeric" />
          </Field>
        ) : null}
        {frequency === "monthly" ? (
          <Controller
            control={form.control}
            name="day"
            render={({ field }) => (
              <Field
                label="Day"
                hint={Number(field.value) > 28 ? "Months without that day are left out." : undefined}
              >
                <Select value={field.value} onValueChange={field.onChange} options={DAY_OPTIONS} />
              </Field>
            )}
          />
        ) : null}
        {hasTime ? (
          <Field label="Time" error={errors.time?.message}>
            <Input {...form.register("time")} type="time" />
          </Field>
        ) : null}
      </div>
      {frequency === "weekly" ? (
        <Controller
          control={form.control}
          name="weekdays"
          render={({ field }) => (
            <WeekdaysField
              value={field.value}
              onValueChange={field.onChange}
              error={errors.weekdays?.message}
            />
          )}
        />
      ) : null}
      {frequency === "custom" ? (
        <Field
          label="Cron expression"
          aside="minute hour day month weekday"
          hint="Such as 0 9 * * MON-FRI. Names, ranges, lists, steps (*/15) and L for the last day work."
          error={errors.expression?.message ?? (expression.trim() === "" ? undefined : cronFault(expression))}
        >
          <Input {...form.register("expression")} className="mono" autoComplete="off" spellCheck={false} />
        </Field>
      ) : null}
      <Controller
        control={form.control}
        name="timezone"
        render={({ field }) => (
          <TimeZoneField
            value={field.value}
            onValueChange={field.onChange}
            error={errors.timezone?.message}
          />
        )}
      />
      {isTimeZone(timeZone) && cronSchedule(expression, timeZone) !== null ? (
        <div className="rounded-lg border border-line bg-sunken px-3.5 py-2.5" aria-live="polite">
          <p className="mb-1 font-medium">{cronSentence(expression)}</p>
          <FireTimes expression={expression} timeZone={timeZone} />
        </div>
      ) : null}
    </>
  );
}
