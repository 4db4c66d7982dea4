"use client";

import { Controller, type UseFormReturn, useWatch } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { AgentFormValues } from "./agent-form-schema.ts";

export interface AgentFormPart {
  form: UseFormReturn<AgentFormValues, unknown, AgentDefinition>;
}

/** What the agent is told besides its instructions. */
export function ContextFields({ form }: AgentFormPart) {
  const { errors } = form.formState;
  const [history, clock] = useWatch({
    control: form.control,
    name: ["add_history_to_context", "add_datetime_to_context"],
  });
  return (
    <>
      <Controller
        control={form.control}
        name="add_history_to_context"
        render={({ field }) => (
          <SwitchField
            label="Remember the conversation"
            hint="Earlier questions and answers of the session go with each new question."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
      {history ? (
        <Field
          label="Earlier runs to send"
          aside="1 to 1,000"
          error={errors.num_history_runs?.message}
          className="ml-10 max-w-56"
        >
          <Input {...form.register("num_history_runs")} inputMode="numeric" />
        </Field>
      ) : null}
      <Controller
        control={form.control}
        name="add_datetime_to_context"
        render={({ field }) => (
          <SwitchField
            label="Tell the date and time"
            hint="At the start of each run."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
      {clock ? (
        <Field
          label="Time zone"
          aside="Optional"
          hint="A name such as Europe/Berlin. UTC when empty."
          error={errors.timezone_identifier?.message}
          className="ml-10 max-w-72"
        >
          <Input {...form.register("timezone_identifier")} autoComplete="off" spellCheck={false} />
        </Field>
      ) : null}
      <Controller
        control={form.control}
        name="markdown"
        render={({ field }) => (
          <SwitchField
            label="Answer in Markdown"
            hint="Headings, lists and code blocks are drawn in the chat."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
    </>
  );
}
