"use client";

import { Plus, X } from "lucide-react";
import { Controller, useFieldArray, useWatch } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { AgentFormPart } from "./context-fields.tsx";

type SwitchName =
  | "enable_agentic_state"
  | "overwrite_db_session_state"
  | "read_chat_history"
  | "read_tool_call_history"
  | "search_past_sessions"
  | "add_location_to_context";

const ROLES = [
  { value: "user", label: "User" },
  { value: "assistant", label: "Assistant" },
];

/** What the agent may look up and change by tools of its own, where it is, and examples of what is said to it. */
export function RecallFields({ form }: AgentFormPart) {
  const { control } = form;
  const [searches, located] = useWatch({
    control,
    name: ["search_past_sessions", "add_location_to_context"],
  });
  const toggle = (name: SwitchName, label: string, hint: string) => (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <SwitchField label={label} hint={hint} checked={field.value} onCheckedChange={field.onChange} />
      )}
    />
  );
  const text = (
    name: "location" | "num_past_sessions_to_search" | "num_past_session_runs_in_search",
    label: string,
    aside: string,
  ) => (
    <Field label={label} aside={aside} error={form.formState.errors[name]?.message}>
      <Input {...form.register(name)} inputMode={name === "location" ? "text" : "numeric"} />
    </Field>
  );
  return (
    <>
      {toggle("add_location_to_context", "Tell its place", "As you write it here; nobody looks it up.")}
      {located ? <div className="ml-10 max-w-72">{text("location", "Place", "such as Berlin")}</div> : null}
      {toggle("enable_agentic_state", "Change the session's state", "With a tool, as it sees fit.")}
      {toggle(
        "overwrite_db_session_state",
        "A run's state replaces the stored one",
        "Otherwise it is merged over it.",
      )}
      {toggle("read_chat_history", "Read the whole conversation", "With a tool, beyond what is sent.")}
      {toggle(
        "read_tool_call_history",
        "Read earlier tool calls",
        "With a tool, those of this conversation.",
      )}
      {toggle("search_past_sessions", "Read past sessions", "With tools, those of the same user alone.")}
      {searches ? (
        <div className="ml-10 grid gap-3.5 sm:grid-cols-2">
          {text("num_past_sessions_to_search", "Sessions to list", "1 to 100")}
          {text("num_past_session_runs_in_search", "Runs of each", "1 to 10")}
        </div>
      ) : null}
      <Examples form={form} />
    </>
  );
}

function Examples({ form }: AgentFormPart) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "additional_input" });
  const next = fields.at(-1)?.role === "user" ? ("assistant" as const) : ("user" as const);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-md font-medium">Examples</legend>
      <p className="text-sm text-fg-3">
        Messages that stand before each conversation, as if they had been said.
      </p>
      {fields.map(({ id }, at) => (
        <div key={id} className="flex items-start gap-2">
          <Controller
            control={form.control}
            name={`additional_input.${at}.role`}
            render={({ field }) => (
              <Select
                aria-label={`Who says example ${at + 1}`}
                value={field.value}
                onValueChange={field.onChange}
                options={ROLES}
                className="w-28 shrink-0"
              />
            )}
          />
          <Field
            label={`Example ${at + 1}`}
            hideLabel
            error={form.formState.errors.additional_input?.[at]?.content?.message}
            className="grow"
          >
            <Textarea {...form.register(`additional_input.${at}.content`)} rows={1} className="min-h-9" />
          </Field>
          <IconButton label={`Remove example ${at + 1}`} size="sm" variant="ghost" onClick={() => remove(at)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button size="sm" className="self-start" onClick={() => append({ role: next, content: "" })}>
        <Plus />
        Add a message
      </Button>
    </fieldset>
  );
}
