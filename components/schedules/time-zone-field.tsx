"use client";

import { useMemo } from "react";
import { Combobox, type ComboboxOption } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { useNow } from "./use-now.ts";

interface TimeZoneFieldProps {
  value: string;
  onValueChange: (value: string) => void;
  error: string | undefined;
}

/** Picks the clock that the times are meant on: the reader's own first, then UTC, then all others by region. */
export function TimeZoneField({ value, onValueChange, error }: TimeZoneFieldProps) {
  const isBrowser = useNow() !== null;
  const options = useMemo(() => (isBrowser ? zoneOptions() : []), [isBrowser]);
  return (
    <Field label="Time zone" error={error}>
      <Combobox
        value={value}
        onValueChange={onValueChange}
        placeholder="Pick a time zone"
        searchPlaceholder="Find a city or a region"
        empty="No time zone has that name."
        missingLabel={value}
        options={options}
      />
    </Field>
  );
}

function zoneOptions(): ComboboxOption[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = Intl.supportedValuesOf("timeZone").filter((zone) => zone !== own && zone !== "UTC");
  const first = [
    { value: own, label: own.replaceAll("_", " "), hint: "yours", group: "Often used" },
    ...(own === "UTC" ? [] : [{ value: "UTC", label: "UTC", group: "Often used" }]),
  ];
  const rest = all.map((zone) => ({
    value: zone,
    label: zone.replaceAll("_", " "),
    group: zone.split("/")[0] ?? "Other",
  }));
  return [...first, ...rest];
}
