"use client";

import { type Control, useController } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { ValueFieldSpec } from "./value-field-spec.ts";

/** What a form of values holds: the text of each, in the order of its fields. */
export interface ValueTexts {
  values: { text: string }[];
}

interface ValueInputProps {
  spec: ValueFieldSpec;
  /** Its place among the fields. */
  index: number;
  control: Control<ValueTexts>;
  autoFocus: boolean;
}

// A select's value may not be empty.
const NONE = "\0";

/** One value, typed or picked, as its kind wants it. */
export function ValueInput({ spec, index, control, autoFocus }: ValueInputProps) {
  const { field, fieldState } = useController({ control, name: `values.${index}.text` });
  const choices = spec.control === "boolean" ? ["true", "false"] : spec.options;
  const text = {
    ref: field.ref,
    name: field.name,
    value: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
    autoFocus,
    autoComplete: "off",
  };
  return (
    <Field
      label={<span className="font-mono text-sm">{spec.name}</span>}
      hint={spec.description}
      error={fieldState.error?.message}
      aside={spec.required ? undefined : "Optional"}
    >
      {spec.control === "boolean" || spec.control === "choice" ? (
        <Select
          value={field.value === "" ? NONE : field.value}
          onValueChange={(value) => field.onChange(value === NONE ? "" : value)}
          options={[
            ...(spec.required ? [] : [{ value: NONE, label: "Not set" }]),
            ...choices.map((value) => ({
              value,
              label: value === "true" ? "Yes" : value === "false" ? "No" : value,
            })),
          ]}
          placeholder="Choose"
        />
      ) : spec.control === "text" || spec.control === "json" ? (
        <Textarea {...text} className={spec.control === "json" ? "font-mono sm:text-sm" : undefined} />
      ) : (
        <Input
          {...text}
          inputMode={
            spec.control === "integer" ? "numeric" : spec.control === "number" ? "decimal" : undefined
          }
        />
      )}
    </Field>
  );
}
