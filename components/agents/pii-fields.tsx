"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { PII_TYPES } from "#lib/core/guardrail.ts";
import { AppliesToField } from "./applies-to-field.tsx";
import type { GuardrailValuesOf } from "./guardrail-form-part.ts";

type Values = GuardrailValuesOf<"pii">;

interface PiiFieldsProps {
  value: Values;
  onValueChange: (value: Values) => void;
}

const ACTIONS = [
  { value: "mask", label: "Mask it with stars" },
  { value: "refuse", label: "Refuse the text" },
] as const;

const TYPES: readonly { value: keyof typeof PII_TYPES; label: string }[] = [
  { value: "card", label: "Card numbers" },
  { value: "ssn", label: "Social security numbers" },
  { value: "email", label: "Email addresses" },
  { value: "phone", label: "Phone numbers" },
  { value: "iban", label: "Bank accounts (IBAN)" },
  { value: "api_key", label: "Secret keys" },
];

/** What of people's data is looked for, and what becomes of it. */
export function PiiFields({ value, onValueChange }: PiiFieldsProps) {
  const { patterns } = value;
  const setPattern = (at: number, change: Partial<Values["patterns"][number]>) =>
    onValueChange({
      ...value,
      patterns: patterns.map((one, index) => (index === at ? { ...one, ...change } : one)),
    });
  return (
    <>
      <Field
        label="When it is found"
        hint={
          value.action === "mask"
            ? "Neither the model nor the database sees it."
            : "The model is not asked, and nothing of the message is kept."
        }
      >
        <Select
          value={value.action}
          onValueChange={(picked) =>
            onValueChange({ ...value, action: picked === "refuse" ? "refuse" : "mask" })
          }
          options={ACTIONS}
        />
      </Field>
      <fieldset>
        <legend className="mb-1 font-medium">Looks for</legend>
        <div className="grid gap-x-5 sm:grid-cols-2">
          {TYPES.map((type) => (
            <label key={type.value} className="flex min-h-11 items-center gap-2 sm:min-h-7">
              <Checkbox
                checked={value.types.includes(type.value)}
                onCheckedChange={(checked) =>
                  onValueChange({
                    ...value,
                    types:
                      checked === true
                        ? [...value.types, type.value]
                        : value.types.filter((one) => one !== type.value),
                  })
                }
              />
              {type.label}
            </label>
          ))}
        </div>
      </fieldset>
      {patterns.map((one, at) => (
        // A pattern has nothing of its own but its place until it is typed.
        <div key={at} className="flex items-end gap-2">
          <Field label="Name" className="w-2/5">
            <Input
              value={one.name}
              onChange={(event) => setPattern(at, { name: event.target.value })}
              placeholder="Employee number"
              maxLength={60}
            />
          </Field>
          <Field label="Regular expression" className="flex-1">
            <Input
              value={one.pattern}
              onChange={(event) => setPattern(at, { pattern: event.target.value })}
              placeholder="EMP-\d{6}"
              className="mono"
              maxLength={500}
              spellCheck={false}
            />
          </Field>
          <IconButton
            label={`Remove the pattern ${one.name}`}
            size="sm"
            variant="ghost"
            onClick={() => onValueChange({ ...value, patterns: patterns.toSpliced(at, 1) })}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          variant="ghost"
          onClick={() => onValueChange({ ...value, patterns: [...patterns, { name: "", pattern: "" }] })}
        >
          <Plus aria-hidden />
          Own pattern
        </Button>
      </div>
      <AppliesToField
        value={value.applies_to}
        onValueChange={(applies_to) => onValueChange({ ...value, applies_to })}
        hint={
          value.action === "mask"
            ? "Answers then appear a paragraph at a time instead of word by word."
            : "Answers are written word by word: what is refused was on screen by then. The run is marked."
        }
      />
    </>
  );
}
