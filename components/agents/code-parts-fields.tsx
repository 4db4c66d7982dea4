"use client";

import { Controller } from "react-hook-form";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { HookReference } from "#lib/core/guardrail.ts";
import type { CheckChoice, CheckChoices } from "./agent-choices.ts";
import type { AgentFormPart } from "./context-fields.tsx";

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

interface HookListProps {
  label: string;
  offered: readonly CheckChoice[];
  value: readonly HookReference[];
  onValueChange: (value: HookReference[]) => void;
  error: string | undefined;
  withoutBackground?: boolean;
}

function HookList({ label, offered, value, onValueChange, error, withoutBackground }: HookListProps) {
  const gone = value.filter(({ name }) => !offered.some((choice) => choice.name === name));
  const rows = [
    ...offered,
    ...gone.map(({ name }) => ({ name, title: name, description: "This is not here any more." })),
  ];
  if (rows.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">{label}</legend>
      <ul className="divide-y divide-line rounded-lg border border-line-2">
        {rows.map(({ name, title, description }) => {
          const picked = value.find((one) => one.name === name);
          return (
            <li key={name} className="flex min-h-12 flex-wrap items-center gap-x-3 px-3 py-1.5 sm:min-h-9.5">
              <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-3">
                <Checkbox
                  checked={picked !== undefined}
                  onCheckedChange={(checked) =>
                    onValueChange(
                      checked === true
                        ? [...value, { name, background: false }]
                        : value.filter((one) => one.name !== name),
                    )
                  }
                />
                <span className="shrink-0 font-[450]">{title}</span>
                <span className="min-w-0 text-fg-3 max-sm:text-sm sm:truncate">{description}</span>
              </label>
              {picked === undefined || withoutBackground === true ? null : (
                <label
                  className="flex items-center gap-2 text-fg-2"
                  title="After the reply; it then changes nothing."
                >
                  <Checkbox
                    checked={picked.background}
                    onCheckedChange={(checked) =>
                      onValueChange(
                        value.map((one) =>
                          one.name === name ? { ...one, background: checked === true } : one,
                        ),
                      )
                    }
                  />
                  In the background
                </label>
              )}
            </li>
          );
        })}
      </ul>
      {error === undefined ? null : <p className="mt-1.5 text-sm text-failed-text">{error}</p>}
    </fieldset>
  );
}
