"use client";

import { Controller } from "react-hook-form";
import type { CheckChoices } from "./agent-choices.ts";
import type { AgentFormPart } from "./context-fields.tsx";
import { HookList } from "./hook-list.tsx";

interface CodePartsFieldsProps extends AgentFormPart {
  choices: CheckChoices;
}

/** Hooks and model middleware in code that an agent may use. Shows nothing of a kind that the code has none of. */
export function CodePartsFields({ form, choices }: CodePartsFieldsProps) {
  const { errors } = form.formState;
  return (
    <>
      {(
        [
          { name: "pre_hooks", label: "Hooks before the model is asked", offered: choices.preHooks },
          { name: "post_hooks", label: "Hooks when the answer is there", offered: choices.postHooks },
        ] as const
      ).map(({ name, label, offered }) => (
        <Controller
          key={name}
          control={form.control}
          name={name}
          render={({ field }) => (
            <HookList
              label={label}
              offered={offered}
              value={field.value}
              onValueChange={field.onChange}
              error={errors[name]?.message}
            />
          )}
        />
      ))}
      <Controller
        control={form.control}
        name="model_middleware"
        render={({ field }) => (
          <HookList
            label="Around each call of a model"
            offered={choices.middleware}
            value={field.value.map((name) => ({ name, background: false }))}
            onValueChange={(value) => field.onChange(value.map(({ name }) => name))}
            error={errors.model_middleware?.message}
            withoutBackground
          />
        )}
      />
    </>
  );
}
