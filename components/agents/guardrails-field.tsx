"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import { SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import type { CheckChoice } from "./agent-choices.ts";
import type { GuardrailValues } from "./guardrail-form-part.ts";
import { ModerationFields } from "./moderation-fields.tsx";
import { OnErrorField } from "./on-error-field.tsx";
import { PiiFields } from "./pii-fields.tsx";
import { InjectionFields } from "./injection-fields.tsx";

interface GuardrailsFieldProps {
  value: readonly GuardrailValues[];
  onValueChange: (value: GuardrailValues[]) => void;
  models: readonly SelectableModel[];
  /** Guardrails in code. */
  custom: readonly CheckChoice[];
  /** What is wrong with the guardrail at an index; undefined: nothing. */
  errorAt: (index: number) => string | undefined;
}

const BUILT_IN: readonly { title: string; hint: string; make: (provider: string) => GuardrailValues }[] = [
  {
    title: "Personal data",
    hint: "Masks or refuses card numbers, email addresses and the like, before anything is stored.",
    make: () => ({
      kind: "pii",
      action: "mask",
      types: ["ssn", "card", "email", "phone"],
      patterns: [],
      applies_to: ["input"],
    }),
  },
  {
    title: "Prompt injection",
    hint: "Stops messages that try to change what the agent is told to do.",
    make: () => ({ kind: "prompt_injection", model: "", on_error: "block" }),
  },
  {
    title: "Moderation",
    hint: "Has a provider judge whether text and images are fit to be processed.",
    make: (provider) => ({
      kind: "moderation",
      provider,
      model: "omni-moderation-latest",
      categories: "",
      applies_to: ["input"],
      on_error: "block",
    }),
  },
];

/** The guardrails of an agent, in the order in which they look; each can be added, set and taken away. */
export function GuardrailsField({ value, onValueChange, models, custom, errorAt }: GuardrailsFieldProps) {
  const id = useId();
  const firstProvider = models.find(({ provider }) => provider !== SCRIPTED_PROVIDER)?.provider ?? "";
  const replace = (at: number, next: GuardrailValues) => onValueChange(value.toSpliced(at, 1, next));
  return (
    <div className="flex flex-col gap-2.5">
      {value.length === 0 ? (
        <p className="text-fg-3">None: messages and answers go through as they are.</p>
      ) : (
        <ol aria-label="Guardrails" className="flex flex-col gap-2.5">
          {value.map((guardrail, at) => {
            const title = titleOf(guardrail, custom);
            const error = errorAt(at);
            return (
              // Nothing but its place tells two guardrails of one kind apart.
              <li
                key={`${guardrail.kind}-${at}`}
                className="rounded-lg border border-line-2 px-3 pt-1.5 pb-3"
              >
                <section
                  aria-label={title}
                  aria-describedby={error === undefined ? undefined : `${id}-${at}`}
                >
                  <header className="mb-1.5 flex min-h-8 items-center justify-between gap-3">
                    <h3 className="min-w-0 truncate font-medium">{title}</h3>
                    <IconButton
                      label={`Remove ${title}`}
                      size="sm"
                      variant="ghost"
                      onClick={() => onValueChange(value.toSpliced(at, 1))}
                    >
                      <X aria-hidden />
                    </IconButton>
                  </header>
                  <div className="flex flex-col gap-3">
                    <Fields
                      value={guardrail}
                      onValueChange={(next) => replace(at, next)}
                      models={models}
                      custom={custom}
                    />
                    {error === undefined ? null : (
                      <p id={`${id}-${at}`} role="alert" className="text-sm text-failed-text">
                        {error}
                      </p>
                    )}
                  </div>
                </section>
              </li>
            );
          })}
        </ol>
      )}
      <ul aria-label="Add a guardrail" className="flex flex-wrap gap-1.5">
        {BUILT_IN.map(({ title, hint, make }) => (
          <li key={title}>
            <Button title={hint} onClick={() => onValueChange([...value, make(firstProvider)])}>
              <Plus aria-hidden />
              {title}
            </Button>
          </li>
        ))}
        {custom.map(({ name, title, description }) => (
          <li key={name}>
            <Button
              title={description}
              onClick={() => onValueChange([...value, { kind: "custom", name, on_error: "block" }])}
            >
              <Plus aria-hidden />
              {title}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function titleOf(guardrail: GuardrailValues, custom: readonly CheckChoice[]): string {
  switch (guardrail.kind) {
    case "pii":
      return "Personal data";
    case "prompt_injection":
      return "Prompt injection";
    case "moderation":
      return "Moderation";
    case "custom":
      return custom.find(({ name }) => name === guardrail.name)?.title ?? guardrail.name;
  }
}

interface FieldsProps {
  value: GuardrailValues;
  onValueChange: (value: GuardrailValues) => void;
  models: readonly SelectableModel[];
  custom: readonly CheckChoice[];
}

function Fields({ value, onValueChange, models, custom }: FieldsProps) {
  switch (value.kind) {
    case "pii":
      return <PiiFields value={value} onValueChange={onValueChange} />;
    case "prompt_injection":
      return <InjectionFields value={value} onValueChange={onValueChange} models={models} />;
    case "moderation":
      return <ModerationFields value={value} onValueChange={onValueChange} models={models} />;
    case "custom":
      return (
        <>
          <p className="text-fg-3">
            {custom.find(({ name }) => name === value.name)?.description ??
              "This guardrail is not here any more. Take it away, or bring its code back."}
          </p>
          <OnErrorField
            value={value.on_error}
            onValueChange={(on_error) => onValueChange({ ...value, on_error })}
          />
        </>
      );
  }
}
