"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { FormSection } from "#components/agents/form-section.tsx";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { fieldFailures } from "#components/shell/field-failures.ts";
import { formSentence } from "#components/shell/form-sentence.ts";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { useLeaveGuard } from "#components/shell/leave-guard-context.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ApiError } from "#lib/client/api-error.ts";
import { createSchedule, updateSchedule } from "./save-schedule.ts";
import { ScheduleAdvancedFields } from "./schedule-advanced-fields.tsx";
import { type ScheduleBody, scheduleFormSchema, type ScheduleFormValues } from "./schedule-form-schema.ts";
import { type AgentChoice, TargetFields } from "./target-fields.tsx";
import { WhenFields } from "./when-fields.tsx";

interface ScheduleFormProps {
  /** Null for a new schedule. */
  existing: { id: string; name: string } | null;
  values: ScheduleFormValues;
  agents: readonly AgentChoice[];
}

const SECTIONS = [
  { id: "basics", title: "Basics" },
  { id: "target", title: "What it runs" },
  { id: "when", title: "When" },
  { id: "advanced", title: "Advanced" },
];

/** Where the API's names differ from those of the controls. */
const CONTROL_OF_FIELD: Record<string, keyof ScheduleFormValues> = { cron_expr: "expression" };

/** Makes or edits a schedule through the API. */
export function ScheduleForm({ existing, values, agents }: ScheduleFormProps) {
  const router = useRouter();
  const api = useApi();
  const { organization } = useShell();
  const form = useForm<ScheduleFormValues, unknown, ScheduleBody>({
    resolver: zodResolver(scheduleFormSchema, { error: formSentence }),
    defaultValues: values,
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const [failure, setFailure] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  useLeaveGuard(isDirty && !saved);

  // Only the browser knows where its reader is.
  useEffect(() => {
    if (form.getValues("timezone") !== "") return;
    form.resetField("timezone", { defaultValue: Intl.DateTimeFormat().resolvedOptions().timeZone });
  }, [form]);

  async function save(body: ScheduleBody) {
    setFailure(null);
    let id: string;
    try {
      if (existing === null) id = await createSchedule(api, body);
      else {
        id = existing.id;
        await updateSchedule(api, id, scheduleFormSchema.parse(values), body);
      }
    } catch (error) {
      refuse(error);
      return;
    }
    setSaved(true);
    router.push(pageHref(organization.slug, `/schedules/${encodeURIComponent(id)}`));
    router.refresh();
  }

  function refuse(error: unknown) {
    const taken =
      error instanceof ApiError && error.status === 409 && error.message.includes("already exists");
    if (taken) {
      form.setError("name", { message: "Another schedule has this name." }, { shouldFocus: true });
      return;
    }
    let placed = false;
    for (const { path, message } of fieldFailures(error, ["body"])) {
      const field = path.split(".")[0] ?? "";
      const control = CONTROL_OF_FIELD[field] ?? Object.keys(values).find((key) => key === field);
      if (control === undefined) continue;
      form.setError(control as keyof ScheduleFormValues, { message }, { shouldFocus: !placed });
      placed = true;
    }
    if (!placed) setFailure(failureSentence(error));
  }

  const submit = () => void form.handleSubmit(save)();
  useShortcut({ keys: "mod+enter", label: "Save the schedule", group: "On this page", run: submit });

  const parents =
    existing === null
      ? []
      : [
          {
            label: existing.name,
            href: pageHref(organization.slug, `/schedules/${encodeURIComponent(existing.id)}`),
          },
        ];
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      noValidate
    >
      <PageHeader
        crumbs={[
          { label: "Schedules", href: pageHref(organization.slug, "/schedules") },
          ...parents,
          { label: existing === null ? "New schedule" : "Edit" },
        ]}
        actions={
          <>
            {isDirty ? <span className="text-fg-3 max-md:hidden">Unsaved changes</span> : null}
            <Button type="submit" variant="primary" pending={isSubmitting}>
              {existing === null ? "Create schedule" : "Save schedule"}
              <KeyCaps keys="mod+enter" />
            </Button>
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex gap-8 px-4 sm:px-6 md:pl-4">
          <nav aria-label="Sections" className="sticky top-5 hidden w-40 shrink-0 self-start pt-5 md:block">
            {SECTIONS.map((section) => (
              <a
                key={section.id}
                href={`#${section.id}`}
                className="flex h-7 items-center rounded-md px-2 text-fg-2 hover:bg-hover hover:text-fg"
              >
                {section.title}
              </a>
            ))}
          </nav>
          <div className="min-w-0 max-w-[640px] flex-1 pb-10">
            <h1 className="pt-5">{existing === null ? "New schedule" : `Edit ${existing.name}`}</h1>
            {failure === null ? null : (
              <ErrorState title="The schedule was not saved" className="mt-4">
                {failure}
              </ErrorState>
            )}
            <FormSection id="basics" title="Basics">
              <Field label="Name" error={errors.name?.message}>
                <Input
                  {...form.register("name")}
                  autoFocus={existing === null}
                  maxLength={255}
                  autoComplete="off"
                />
              </Field>
              <Field label="Description" aside="Optional" error={errors.description?.message}>
                <Input {...form.register("description")} maxLength={1_024} placeholder="What it is for" />
              </Field>
            </FormSection>
            <FormSection id="target" title="What it runs">
              <TargetFields form={form} agents={agents} />
            </FormSection>
            <FormSection id="when" title="When">
              <WhenFields form={form} />
            </FormSection>
            <ScheduleAdvancedFields form={form} />
          </div>
        </div>
      </div>
    </form>
  );
}
