"use client";

import { ToggleGroup } from "radix-ui";
import { useId } from "react";

interface WeekdaysFieldProps {
  /** Numbers from Sunday, 0, as text. */
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  error: string | undefined;
}

const WEEKDAYS = [
  { value: "1", short: "Mon", name: "Monday" },
  { value: "2", short: "Tue", name: "Tuesday" },
  { value: "3", short: "Wed", name: "Wednesday" },
  { value: "4", short: "Thu", name: "Thursday" },
  { value: "5", short: "Fri", name: "Friday" },
  { value: "6", short: "Sat", name: "Saturday" },
  { value: "0", short: "Sun", name: "Sunday" },
];

/** Picks days of the week, one or several. */
export function WeekdaysField({ value, onValueChange, error }: WeekdaysFieldProps) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend className="mb-1 font-medium">Days</legend>
      <ToggleGroup.Root
        type="multiple"
        aria-label="Days"
        value={[...value]}
        onValueChange={onValueChange}
        className="flex flex-wrap gap-1"
      >
        {WEEKDAYS.map((day) => (
          <ToggleGroup.Item
            key={day.value}
            value={day.value}
            aria-label={day.name}
            className="h-11 min-w-11 rounded-md border border-control bg-raised px-2 text-fg-2 hover:bg-hover data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent-text sm:h-8 sm:min-w-10"
          >
            {day.short}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-failed-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}
