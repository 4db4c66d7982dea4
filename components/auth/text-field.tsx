"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { FormState } from "#lib/core/form-state.ts";

interface TextFieldProps extends Omit<ComponentProps<"input">, "name"> {
  name: string;
  label: string;
  hint?: ReactNode;
  state: FormState;
}

/** A labelled line of an ActionForm, with what was typed before and its sentence when it is wrong. */
export function TextField({ name, label, hint, state, defaultValue, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={state.fieldErrors[name]}>
      <Input name={name} defaultValue={state.values[name] ?? defaultValue} {...rest} />
    </Field>
  );
}
