"use client";

import { type ReactNode } from "react";
import { useForm } from "react-hook-form";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

interface ResultFormProps {
  pending: boolean;
  onResult: (result: string) => void;
  actions?: ReactNode;
}

/** Where the result of work that was done elsewhere is pasted. */
export function ResultForm({ pending, onResult, actions }: ResultFormProps) {
  const form = useForm({ defaultValues: { result: "" } });
  const submit = () => void form.handleSubmit(({ result }) => onResult(result))();
  return (
    <form
      aria-label="What came of it"
      noValidate
      className="flex flex-col gap-3 border-t border-line px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        event.stopPropagation();
        submit();
      }}
    >
      <Field
        label="Result"
        hint="What the agent is told came of it: text or JSON."
        error={form.formState.errors.result?.message}
      >
        <Textarea
          {...form.register("result", {
            validate: (text) => text.trim() !== "" || "Paste what came of it.",
          })}
          className="font-mono sm:text-sm"
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2 max-sm:flex-col max-sm:items-stretch">
        <Button type="submit" variant="primary" pending={pending}>
          Give the result
          <KeyCaps keys="mod+enter" />
        </Button>
        {actions}
      </div>
    </form>
  );
}
