"use client";

import { type Control, useController } from "react-hook-form";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { SwitchField } from "../ui/switch.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { MessageField } from "./message-fields.ts";

/** What the form holds: the text of each field, in their order. */
export interface MessageTexts {
  texts: { text: string }[];
}

interface MessageInputProps {
  field: MessageField;
  /** Its place among the fields. */
  at: number;
  control: Control<MessageTexts>;
  autoFocus: boolean;
}

// A select's value may not be empty.
const NONE = "\0";
const NOTES = { lines: "One to a line", json: "JSON" } as const;

/** One field of a message, with the control that its kind wants. */
export function MessageInput({ field: spec, at, control, autoFocus }: MessageInputProps) {
  const { field, fieldState } = useController({ control, name: `texts.${at}.text` });
  const error = fieldState.error?.message;
  if (spec.control === "switch") {
    return (
      <div>
        <SwitchField
          label={spec.label}
          hint={spec.description ?? undefined}
          checked={field.value === "true"}
          onCheckedChange={(on) => field.onChange(String(on))}
        />
        {error === undefined ? null : (
          <p role="alert" className="mt-1 text-sm text-failed-text">
            {error}
          </p>
        )}
      </div>
    );
  }
  const note = spec.control === "lines" || spec.control === "json" ? NOTES[spec.control] : null;
  const aside = [note, spec.required ? null : note === null ? "Optional" : "optional"]
    .filter((one) => one !== null)
    .join(", ");
  const text = {
    ref: field.ref,
    name: field.name,
    value: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
    autoFocus,
    autoComplete: "off",
  };
  return (
    <Field label={spec.label} hint={spec.description} error={error} {...(aside === "" ? {} : { aside })}>
      {inputOf()}
    </Field>
  );

  function inputOf() {
    switch (spec.control) {
      case "choice":
        return (
          <Select
            value={field.value === "" && !spec.required ? NONE : field.value}
            onValueChange={(value) => field.onChange(value === NONE ? "" : value)}
            options={[
              ...(spec.required ? [] : [{ value: NONE, label: "Not set" }]),
              ...spec.options.map((option) => ({
                value: JSON.stringify(option),
                label: optionLabel(option),
              })),
            ]}
            placeholder="Choose"
          />
        );
      case "text":
        return <Textarea {...text} rows={1} className="min-h-10 sm:min-h-8 sm:py-1.5" />;
      case "lines":
        return <Textarea {...text} rows={2} className="min-h-16" />;
      case "json":
        return <Textarea {...text} rows={3} spellCheck={false} className="font-mono sm:text-sm" />;
      case "integer":
        return <Input {...text} inputMode="numeric" />;
      case "number":
        return <Input {...text} inputMode="decimal" />;
      case "date":
      case "datetime-local":
      case "time":
      case "email":
      case "url":
        return <Input {...text} type={spec.control} />;
      case "line":
      case "switch":
        return <Input {...text} />;
    }
  }
}

function optionLabel(option: MessageField["options"][number]): string {
  if (typeof option === "boolean") return option ? "Yes" : "No";
  return typeof option === "string" ? option : JSON.stringify(option);
}
