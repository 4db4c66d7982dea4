"use client";

import { X } from "lucide-react";
import { Controller } from "react-hook-form";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import type { AgentFormPart } from "./context-fields.tsx";
import { joinModelReference } from "./model-reference.ts";

interface FallbackFieldsProps extends AgentFormPart {
  models: readonly SelectableModel[];
}

const LISTS = [
  {
    name: "fallback_models",
    label: "Fallback models",
    hint: "Tried in this order when the model fails for no fault of the request.",
  },
  {
    name: "fallback_config.on_rate_limit",
    label: "When its rate limit is reached",
    hint: "Tried before the others.",
  },
  {
    name: "fallback_config.on_context_overflow",
    label: "When the conversation is too long for it",
    hint: "Tried before the others: models with a larger window.",
  },
] as const;

/** The models that stand in when the agent's own fails. */
export function FallbackFields({ form, models }: FallbackFieldsProps) {
  return LISTS.map(({ name, label, hint }) => (
    <Controller
      key={name}
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} aside="Optional" hint={hint} error={fieldState.error?.message}>
          <ModelList label={label} value={field.value} onValueChange={field.onChange} models={models} />
        </Field>
      )}
    />
  ));
}

interface ModelListProps {
  label: string;
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  models: readonly SelectableModel[];
}

function ModelList({ label, value, onValueChange, models }: ModelListProps) {
  const free = models.filter((model) => !value.includes(joinModelReference(model)));
  return (
    <div className="flex flex-col gap-1.5">
      {value.length === 0 ? null : (
        <ol aria-label={label} className="flex flex-col gap-1">
          {value.map((model) => (
            <li key={model} className="flex items-center justify-between gap-2">
              <span className="mono truncate text-sm">{model}</span>
              <IconButton
                label={`Remove ${model}`}
                size="sm"
                variant="ghost"
                onClick={() => onValueChange(value.filter((one) => one !== model))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <Combobox
        mono
        value=""
        onValueChange={(model) => onValueChange([...value, model])}
        placeholder="Add a model"
        searchPlaceholder="Find a model"
        empty="No connection has another model of that name."
        options={free.map((model) => ({
          value: joinModelReference(model),
          label: model.id,
          group: model.providerName,
        }))}
      />
    </div>
  );
}
