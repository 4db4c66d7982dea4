"use client";

import { X } from "lucide-react";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";

interface ModelsFieldProps {
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  /** What the provider lists, or well-known ones before it was asked. */
  suggestions: readonly string[];
  error: string | undefined;
}

/** The models that agents may pick from a connection. */
export function ModelsField({ value, onValueChange, suggestions, error }: ModelsFieldProps) {
  return (
    <div>
      <Field
        label="Models"
        error={error}
        hint="The ones that agents may pick. Test the connection to see what there is."
      >
        <Combobox
          mono
          value=""
          onValueChange={(model) => {
            if (!value.includes(model)) onValueChange([...value, model]);
          }}
          placeholder="Add a model"
          searchPlaceholder="Find or type a model id"
          empty="None of the listed models has that name."
          customLabel={(typed) => `Add ${typed}`}
          options={suggestions
            .filter((model) => !value.includes(model))
            .map((model) => ({ value: model, label: model }))}
        />
      </Field>
      {value.length === 0 ? null : (
        <ul aria-label="Picked models" className="mt-2 flex flex-wrap gap-1.5">
          {value.map((model) => (
            <li
              key={model}
              className="mono inline-flex h-9 items-center rounded-md border border-line-2 bg-sunken pl-2 sm:h-6.5"
            >
              <span className="max-w-60 truncate">{model}</span>
              <button
                type="button"
                aria-label={`Remove ${model}`}
                onClick={() => onValueChange(value.filter((other) => other !== model))}
                className="grid size-9 place-items-center rounded-md text-fg-3 hover:text-fg sm:size-6"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
