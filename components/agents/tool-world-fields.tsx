"use client";

import { Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { CheckChoice } from "./agent-choices.ts";
import type { AgentFormPart } from "./context-fields.tsx";
import { HookList } from "./hook-list.tsx";

interface ToolWorldFieldsProps extends AgentFormPart {
  /** The tool hooks in code. */
  hooks: readonly CheckChoice[];
}

/** What stands around the agent's tools, and what they are given beside their arguments. */
export function ToolWorldFields({ form, hooks }: ToolWorldFieldsProps) {
  const { errors } = form.formState;
  return (
    <>
      <Controller
        control={form.control}
        name="tool_hooks"
        render={({ field }) => (
          <HookList
            label="Around each call of a tool"
            hint="The one that you pick first is the outermost."
            offered={hooks}
            value={field.value.map((name) => ({ name, background: false }))}
            onValueChange={(value) => field.onChange(value.map(({ name }) => name))}
            error={errors.tool_hooks?.message}
            withoutBackground
          />
        )}
      />
      <Field
        label="Dependencies"
        aside="JSON, optional"
        hint="What its tools are given; a run may give more. References rather than secrets: they are stored as they are."
        error={errors.dependencies?.message}
      >
        <Textarea
          {...form.register("dependencies")}
          rows={3}
          className="mono sm:text-[12px]"
          spellCheck={false}
        />
      </Field>
      <Controller
        control={form.control}
        name="add_dependencies_to_context"
        render={({ field }) => (
          <SwitchField
            label="Tell the dependencies"
            hint="As JSON, at the start of each run. Otherwise the model is told only those that its instructions name in braces."
            checked={field.value}
            onCheckedChange={field.onChange}
          />
        )}
      />
    </>
  );
}
