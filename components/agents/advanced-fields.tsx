"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import { SchemaFields } from "./schema-fields.tsx";
import type { AgentFormPart } from "./context-fields.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { FallbackFields } from "./fallback-fields.tsx";
import { PromptFields } from "./prompt-fields.tsx";

// The select needs a value for "not set"; the form holds an empty text.
const MODEL_DEFAULT = "default";
const EFFORT_OPTIONS = [
  { value: MODEL_DEFAULT, label: "The model's own" },
  { value: "none", label: "None" },
  { value: "minimal", label: "Minimal" },
  { value: "low", label: "Low" },
  { value: "medium", label: "Medium" },
  { value: "high", label: "High" },
] as const;

const FIELDS = [
  "expected_output",
  "additional_context",
  "system_message",
  "temperature",
  "max_output_tokens",
  "tool_call_limit",
  "step_limit",
  "time_limit_seconds",
  "cost_limit_usd",
  "retries",
  "delay_between_retries",
  "reasoning_effort",
  "introduction",
  "quick_prompts",
  "session_state",
  "input_schema",
  "output_schema",
  "fallback_models",
  "fallback_config",
] as const;

/** What most agents leave as it is. Folded, but opens by itself when something in it is refused. */
export function AdvancedFields({ form, models }: AgentFormPart & { models: readonly SelectableModel[] }) {
  const { errors } = form.formState;
  const [open, setOpen] = useState(false);
  const refused = FIELDS.some((field) => errors[field] !== undefined);
  return (
    <details
      id="advanced"
      open={open || refused}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group scroll-mt-4 py-5"
    >
      <summary className="flex list-none items-center gap-1.5 text-md font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-fg-3 transition-transform group-open:rotate-90" />
        Advanced
        <span className="ml-1 truncate text-sm font-normal text-fg-3">
          prompt, sampling, limits, schemas, fallback models, conversation starters, starting state
        </span>
      </summary>
      <div className="mt-3 flex flex-col gap-3.5">
        <PromptFields form={form} />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Field
            label="Temperature"
            aside="0 to 2"
            hint="Empty: the model's own."
            error={errors.temperature?.message}
          >
            <Input {...form.register("temperature")} inputMode="decimal" />
          </Field>
          <Controller
            control={form.control}
            name="reasoning_effort"
            render={({ field }) => (
              <Field label="Reasoning effort" error={errors.reasoning_effort?.message}>
                <Select
                  value={field.value === "" ? MODEL_DEFAULT : field.value}
                  onValueChange={(value) => field.onChange(value === MODEL_DEFAULT ? "" : value)}
                  options={EFFORT_OPTIONS}
                />
              </Field>
            )}
          />
          <Field
            label="Longest answer"
            aside="tokens"
            hint="Empty: the model's own."
            error={errors.max_output_tokens?.message}
          >
            <Input {...form.register("max_output_tokens")} inputMode="numeric" />
          </Field>
          <LimitFields form={form} />
        </div>
        <Field
          label="Introduction"
          aside="Optional"
          hint="Shown in an empty chat."
          error={errors.introduction?.message}
        >
          <Textarea {...form.register("introduction")} rows={2} className="min-h-16" />
        </Field>
        <Field
          label="Conversation starters"
          aside="Optional"
          hint="One to a line, at most ten."
          error={errors.quick_prompts?.message ?? errors.quick_prompts?.root?.message}
        >
          <Textarea {...form.register("quick_prompts")} rows={3} />
        </Field>
        <Field
          label="Starting state"
          aside="JSON, optional"
          hint="What a new session's state holds."
          error={errors.session_state?.message}
        >
          <Textarea
            {...form.register("session_state")}
            rows={3}
            className="mono sm:text-[12px]"
            spellCheck={false}
          />
        </Field>
        <SchemaFields form={form} />
        <FallbackFields form={form} models={models} />
      </div>
    </details>
  );
}
