"use client";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { SCRIPTED_PROVIDER, type SelectableModel } from "#lib/core/model-provider.ts";
import { AppliesToField } from "./applies-to-field.tsx";
import type { GuardrailValuesOf } from "./guardrail-form-part.ts";
import { OnErrorField } from "./on-error-field.tsx";

interface ModerationFieldsProps {
  value: GuardrailValuesOf<"moderation">;
  onValueChange: (value: GuardrailValuesOf<"moderation">) => void;
  models: readonly SelectableModel[];
}

/** Who moderates, and what counts. */
export function ModerationFields({ value, onValueChange, models }: ModerationFieldsProps) {
  const names = new Map(models.map(({ provider, providerName }) => [provider, providerName]));
  names.delete(SCRIPTED_PROVIDER);
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field
          label="Connection"
          hint={
            names.size === 0
              ? "Connect OpenAI, or a server that speaks its API, on the Models page first."
              : "OpenAI, or a server that speaks its API."
          }
        >
          <Select
            value={value.provider}
            onValueChange={(provider) => onValueChange({ ...value, provider })}
            placeholder="Pick a connection"
            options={[...names].map(([provider, label]) => ({ value: provider, label }))}
          />
        </Field>
        <Field label="Moderation model">
          <Input
            value={value.model}
            onChange={(event) => onValueChange({ ...value, model: event.target.value })}
            className="mono"
            spellCheck={false}
          />
        </Field>
      </div>
      <Field
        label="Categories"
        aside="Optional"
        hint="The provider's names, separated by commas. Empty: all of them."
      >
        <Input
          value={value.categories}
          onChange={(event) => onValueChange({ ...value, categories: event.target.value })}
          placeholder="harassment, violence"
        />
      </Field>
      <AppliesToField
        value={value.applies_to}
        onValueChange={(applies_to) => onValueChange({ ...value, applies_to })}
        hint="Answers are written word by word: what is held back was on screen by then. The run is marked."
      />
      <OnErrorField
        value={value.on_error}
        onValueChange={(on_error) => onValueChange({ ...value, on_error })}
      />
    </>
  );
}
