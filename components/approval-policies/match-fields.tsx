"use client";

import { Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { PolicyFormPart } from "./policy-form-part.ts";

// A select's value may not be empty.
const ANY = "*";

/** Which calls of tools a policy is about. */
export function MatchFields({ form }: PolicyFormPart) {
  const { errors } = form.formState;
  return (
    <>
      <Field
        label="Tool"
        hint="A tool's name; * stands for any characters, ? for one: send_*."
        error={errors.tool_pattern?.message}
      >
        <Input
          {...form.register("tool_pattern")}
          className="font-mono sm:text-sm"
          maxLength={128}
          autoComplete="off"
          placeholder="send_request"
        />
      </Field>
      <Field
        label="Condition"
        aside="Optional, CEL"
        hint="True for the calls that wait, over args, tool, agent and user_id. What cannot be told waits, too."
        error={errors.condition?.message}
      >
        <Textarea
          {...form.register("condition")}
          className="min-h-10 font-mono sm:text-sm"
          rows={2}
          placeholder="args.amount > 25"
        />
      </Field>
      <Field label="What the tool does" error={errors.effect?.message}>
        <Controller
          control={form.control}
          name="effect"
          render={({ field }) => (
            <Select
              value={field.value === "" ? ANY : field.value}
              onValueChange={(value) => field.onChange(value === ANY ? "" : value)}
              options={[
                { value: ANY, label: "Anything" },
                { value: "write", label: "Changes something, once", hint: "write" },
                { value: "idempotent", label: "Changes something, can be repeated", hint: "idempotent" },
                { value: "read", label: "Only reads", hint: "read" },
              ]}
            />
          )}
        />
      </Field>
      <Field
        label="Position"
        hint="Of policies that fit a call the one with the lowest counts."
        error={errors.position?.message}
      >
        <Input {...form.register("position")} inputMode="numeric" className="sm:w-28" />
      </Field>
    </>
  );
}
