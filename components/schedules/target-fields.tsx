"use client";

import { Controller, useWatch } from "react-hook-form";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { ScheduleFormPart } from "./schedule-form-part.ts";

/** An agent as the form offers it. */
export interface AgentChoice {
  id: string;
  name: string;
}

const TARGETS = [
  { value: "agent", label: "Agent" },
  { value: "call", label: "API call" },
] as const;
const METHODS = ["POST", "GET", "PUT", "PATCH", "DELETE"].map((value) => ({ value, label: value }));

/** What a schedule does: ask an agent something, or call this API. */
export function TargetFields({ form, agents }: ScheduleFormPart & { agents: readonly AgentChoice[] }) {
  const { errors } = form.formState;
  const target = useWatch({ control: form.control, name: "target" });
  return (
    <>
      <Controller
        control={form.control}
        name="target"
        render={({ field }) => (
          <Segmented
            label="What it runs"
            value={field.value}
            onValueChange={field.onChange}
            options={TARGETS}
            className="self-start"
          />
        )}
      />
      {target === "agent" ? (
        <>
          <Controller
            control={form.control}
            name="agent"
            render={({ field }) => (
              <Field
                label="Agent"
                error={errors.agent?.message}
                hint={
                  field.value !== "" && !agents.some(({ id }) => id === field.value)
                    ? "There is no agent of this id any more. Pick another."
                    : undefined
                }
              >
                <Combobox
                  value={field.value}
                  onValueChange={field.onChange}
                  placeholder="Pick an agent"
                  searchPlaceholder="Find an agent"
                  empty="No agent has that name."
                  missingLabel={field.value}
                  options={agents.map(({ id, name }) => ({ value: id, label: name }))}
                />
              </Field>
            )}
          />
          <Field
            label="Message"
            error={errors.message?.message}
            hint="What the agent is asked each time. It runs as the scheduler, not as you."
          >
            <Textarea
              {...form.register("message")}
              rows={4}
              placeholder="Summarise what came in since yesterday."
            />
          </Field>
        </>
      ) : (
        <>
          <div className="grid gap-3.5 sm:grid-cols-[120px_minmax(0,1fr)]">
            <Controller
              control={form.control}
              name="method"
              render={({ field }) => (
                <Field label="Method">
                  <Select value={field.value} onValueChange={field.onChange} options={METHODS} />
                </Field>
              )}
            />
            <Field
              label="Endpoint"
              error={errors.endpoint?.message}
              hint="A path of this API, without /api, such as /agents/assistant/runs."
            >
              <Input {...form.register("endpoint")} className="mono" autoComplete="off" spellCheck={false} />
            </Field>
          </div>
          <Field
            label="Payload"
            aside="JSON, optional"
            error={errors.payload?.message}
            hint="The fields of a run, or the body of the call."
          >
            <Textarea
              {...form.register("payload")}
              rows={5}
              className="mono sm:text-[12px]"
              spellCheck={false}
              placeholder='{"message": "Hello"}'
            />
          </Field>
        </>
      )}
    </>
  );
}
