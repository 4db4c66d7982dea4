"use client";

import { Controller } from "react-hook-form";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import type { CheckChoices } from "./agent-choices.ts";
import { CodePartsFields } from "./code-parts-fields.tsx";
import type { AgentFormPart } from "./context-fields.tsx";
import { GuardrailsField } from "./guardrails-field.tsx";

interface GuardrailSectionProps extends AgentFormPart {
  models: readonly SelectableModel[];
  choices: CheckChoices;
}

/** What checks messages and answers, and what code runs around a run. */
export function GuardrailSection({ form, models, choices }: GuardrailSectionProps) {
  const errors = form.formState.errors.guardrails;
  return (
    <>
      <Controller
        control={form.control}
        name="guardrails"
        render={({ field }) => (
          <GuardrailsField
            value={field.value}
            onValueChange={field.onChange}
            models={models}
            custom={choices.guardrails}
            errorAt={(index) => sentenceIn(errors?.[index])}
          />
        )}
      />
      {errors?.message === undefined ? null : (
        <p role="alert" className="text-sm text-failed-text">
          {errors.message}
        </p>
      )}
      <CodePartsFields form={form} choices={choices} />
    </>
  );
}

/** The first sentence that says what is wrong in a part of the form. */
function sentenceIn(errors: unknown): string | undefined {
  if (typeof errors !== "object" || errors === null || errors instanceof Element) return undefined;
  if ("message" in errors && typeof errors.message === "string" && errors.message !== "")
    return errors.message;
  for (const [key, one] of Object.entries(errors)) {
    const sentence = key === "ref" ? undefined : sentenceIn(one);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}
