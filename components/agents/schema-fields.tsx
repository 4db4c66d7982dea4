"use client";

import { Controller, useWatch } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { AgentFormPart } from "./context-fields.tsx";

const SCHEMA_CHOICES = [
  { value: "auto", label: "When it can take one" },
  { value: "always", label: "Always" },
  { value: "never", label: "Never" },
] as const;

/** What questions to the agent and its answers have to look like. */
export function SchemaFields({ form }: AgentFormPart) {
  const { errors } = form.formState;
  const schema = useWatch({ control: form.control, name: "output_schema" });
  return (
    <>
      <Field
        label="Input schema"
        aside="JSON schema, optional"
        hint="A message has to be a JSON object that fits it; any other is refused."
        error={errors.input_schema?.message}
      >
        <Textarea
          {...form.register("input_schema")}
          rows={4}
          className="mono sm:text-[12px]"
          spellCheck={false}
        />
      </Field>
      <Field
        label="Output schema"
        aside="JSON schema, optional"
        hint="The answer is then one JSON object that fits it. Its title names the result in the API."
        error={errors.output_schema?.message}
      >
        <Textarea
          {...form.register("output_schema")}
          rows={4}
          className="mono sm:text-[12px]"
          spellCheck={false}
        />
      </Field>
      {schema.trim() === "" ? null : (
        <Controller
          control={form.control}
          name="structured_outputs"
          render={({ field }) => (
            <Field
              label="Give the model the schema"
              hint="Otherwise the schema stands in the prompt, and the answer is checked all the same."
              error={errors.structured_outputs?.message}
              className="max-w-72"
            >
              <Select
                value={field.value === undefined ? "auto" : field.value ? "always" : "never"}
                onValueChange={(value) => field.onChange(value === "auto" ? undefined : value === "always")}
                options={SCHEMA_CHOICES}
              />
            </Field>
          )}
        />
      )}
      {schema.trim() === "" ? null : (
        <Controller
          control={form.control}
          name="use_json_mode"
          render={({ field }) => (
            <SwitchField
              label="JSON mode"
              hint="For models that can write JSON but take no schema: the schema then stands in the prompt."
              checked={field.value}
              onCheckedChange={field.onChange}
            />
          )}
        />
      )}
    </>
  );
}
