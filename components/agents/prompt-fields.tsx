"use client";

import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { AgentFormPart } from "./context-fields.tsx";

const TEXTS = [
  { name: "expected_output", label: "Expected output", hint: "What a good answer is like." },
  {
    name: "additional_context",
    label: "Additional context",
    hint: "Stands at the end of the system message.",
  },
  {
    name: "system_message",
    label: "System message",
    hint: "In place of everything else that the agent is told: description, instructions and all.",
  },
] as const;

/** What few agents are told in words beside their instructions. */
export function PromptFields({ form }: AgentFormPart) {
  const { errors } = form.formState;
  return TEXTS.map(({ name, label, hint }) => (
    <Field key={name} label={label} aside="Optional" hint={hint} error={errors[name]?.message}>
      <Textarea {...form.register(name)} rows={2} className="min-h-16" />
    </Field>
  ));
}
