"use client";

import { Controller } from "react-hook-form";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import { OWN_MODEL } from "./care-form-part.ts";
import type { AgentFormPart } from "./context-fields.tsx";
import { joinModelReference } from "./model-reference.ts";

interface OptionalModelProps extends AgentFormPart {
  name:
    | "compression_manager.model"
    | "session_summary_manager.model"
    | "followup_model"
    | "output_model"
    | "parser_model";
  label: string;
  hint?: string;
  models: readonly SelectableModel[];
  /** What is said where none is picked. */
  none: string;
}

/** Picks a model for something beside the agent's own turns, or none. */
export function OptionalModel({ form, name, label, hint, models, none }: OptionalModelProps) {
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} hint={hint} error={fieldState.error?.message} className="sm:col-span-2">
          <Combobox
            mono={field.value !== OWN_MODEL}
            value={field.value}
            onValueChange={field.onChange}
            placeholder={none}
            searchPlaceholder="Find a model"
            empty="No connection has a model of that name."
            missingLabel={field.value}
            options={[
              { value: OWN_MODEL, label: none },
              ...models.map((one) => ({
                value: joinModelReference(one),
                label: one.id,
                group: one.providerName,
              })),
            ]}
          />
        </Field>
      )}
    />
  );
}
