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

const WINDOW = [
  { name: "num_history_runs", label: "Earlier runs to send", aside: "1 to 1,000" },
  { name: "num_history_messages", label: "Messages of them", aside: "at most, optional" },
  { name: "num_history_tokens", label: "Tokens of them", aside: "about, at most, optional" },
  { name: "max_tool_calls_from_history", label: "Tool calls of them", aside: "at most, optional" },
] as const;

const TOLD = [
  {
    name: "add_session_state_to_context",
    label: "Tell the session's state",
    hint: "As JSON, at the start of each run.",
  },
  { name: "add_name_to_context", label: "Tell its name", hint: "The agent then knows what it is called." },
  {
    name: "resolve_in_context",
    label: "Fill in {names}",
    hint: "Names in braces in the instructions give way to values of the session's state or the dependencies.",
  },
] as const;

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
        <div className="ml-10 grid gap-3.5 sm:grid-cols-2">
          {WINDOW.map(({ name, ...words }) => (
            <Field key={name} {...words} error={errors[name]?.message}>
              <Input {...form.register(name)} inputMode="numeric" />
            </Field>
          ))}
        </div>
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
      {TOLD.map(({ name, label, hint }) => (
        <Controller
          key={name}
          control={form.control}
          name={name}
          render={({ field }) => (
            <SwitchField label={label} hint={hint} checked={field.value} onCheckedChange={field.onChange} />
          )}
        />
      ))}
    </>
  );
}
