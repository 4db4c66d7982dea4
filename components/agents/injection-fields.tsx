"use client";

import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import type { GuardrailValuesOf } from "./guardrail-form-part.ts";
import { joinModelReference } from "./model-reference.ts";
import { OnErrorField } from "./on-error-field.tsx";

interface InjectionFieldsProps {
  value: GuardrailValuesOf<"prompt_injection">;
  onValueChange: (value: GuardrailValuesOf<"prompt_injection">) => void;
  models: readonly SelectableModel[];
}

/** Patterns always look; a model may look at what they let pass. */
export function InjectionFields({ value, onValueChange, models }: InjectionFieldsProps) {
  return (
    <>
      <Field
        label="A model reads as well"
        aside="Optional"
        hint="Patterns always look. A model finds more, and costs a call with each message."
      >
        <Combobox
          mono
          value={value.model}
          onValueChange={(model) => onValueChange({ ...value, model })}
          placeholder="Patterns alone"
          searchPlaceholder="Find a model"
          empty="No connection has a model of that name."
          missingLabel={value.model}
          options={[
            { value: "", label: "Patterns alone" },
            ...models.map((model) => ({
              value: joinModelReference(model),
              label: model.id,
              group: model.providerName,
            })),
          ]}
        />
      </Field>
      {value.model === "" ? null : (
        <OnErrorField
          value={value.on_error}
          onValueChange={(on_error) => onValueChange({ ...value, on_error })}
        />
      )}
    </>
  );
}
