"use client";

import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Button } from "#components/ui/button.tsx";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import type { JsonObject } from "#lib/core/json.ts";
import { readValue, valueText } from "./read-value.ts";
import type { ValueFieldSpec } from "./value-field-spec.ts";
import { ValueInput, type ValueTexts } from "./value-input.tsx";

interface ValuesFormProps {
  /** Names the form for screen readers. */
  label: string;
  fields: readonly ValueFieldSpec[];
  /** What the whole must fit; null where there is nothing to check it with. */
  schema: JsonObject | null;
  submit: string;
  pending: boolean;
  autoFocus: boolean;
  onSubmit: (values: JsonObject) => void;
  /** Leaves the form; absent where there is nothing to go back to. */
  onCancel?: () => void;
  /** Other buttons beside the form's own. */
  actions?: ReactNode;
}

/** A form of typed values, checked by the tool's schema, with errors at the field. */
export function ValuesForm(props: ValuesFormProps) {
  const { label, fields, schema, submit, pending, autoFocus, onSubmit, onCancel, actions } = props;
  const form = useForm<ValueTexts>({
    defaultValues: { values: fields.map((field) => ({ text: valueText(field.value) })) },
  });

  function read(texts: ValueTexts) {
    const values: JsonObject = {};
    let refused = false;
    const refuse = (index: number, message: string) => {
      form.setError(`values.${index}.text`, { message }, { shouldFocus: !refused });
      refused = true;
    };
    for (const [index, field] of fields.entries()) {
      const typed = readValue(field, texts.values[index]?.text ?? "");
      if (typed.problem !== null) refuse(index, typed.problem);
      else if (typed.value !== undefined) values[field.name] = typed.value;
    }
    if (refused) return;
    for (const issue of schema === null ? [] : issuesOf(schema, values)) {
      const index = fields.findIndex(({ name }) => name === issue.path[0]);
      if (index >= 0) refuse(index, sentence(issue));
    }
    if (!refused) onSubmit(values);
  }

  const submitForm = () => void form.handleSubmit(read)();
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submitForm();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          event.stopPropagation();
          submitForm();
        } else if (event.key === "Escape" && onCancel !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }
      }}
      className="flex flex-col gap-3.5 px-3.5 py-3"
    >
      {fields.map((field, index) => (
        <ValueInput
          key={field.name}
          spec={field}
          index={index}
          control={form.control}
          autoFocus={autoFocus && index === 0}
        />
      ))}
      <div className="flex flex-wrap items-center gap-2 max-sm:flex-col max-sm:items-stretch">
        <Button type="submit" variant="primary" pending={pending}>
          {submit}
          <KeyCaps keys="mod+enter" />
        </Button>
        {onCancel === undefined ? null : (
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {actions}
      </div>
    </form>
  );
}

/** Empty, too, for a schema with more in it than can be checked here: the server checks it in any case. */
function issuesOf(schema: JsonObject, values: JsonObject): z.core.$ZodIssue[] {
  try {
    return z.fromJSONSchema(schema).safeParse(values).error?.issues ?? [];
  } catch {
    return [];
  }
}

function sentence(issue: z.core.$ZodIssue): string {
  const place = issue.path.slice(1).join(".");
  return place === "" ? `${issue.message}.` : `${place}: ${issue.message}.`;
}
