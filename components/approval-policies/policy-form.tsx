"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FormSection } from "#components/agents/form-section.tsx";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { fieldFailures } from "#components/shell/field-failures.ts";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { useLeaveGuard } from "#components/shell/leave-guard-context.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ApiError } from "#lib/client/api-error.ts";
import type { CreateApprovalPolicy } from "#lib/core/approval-policy.ts";
import { DeciderFields } from "./decider-fields.tsx";
import { ExpiryFields } from "./expiry-fields.tsx";
import { MatchFields } from "./match-fields.tsx";
import { CONTROL_OF_FIELD, policyFormSchema, type PolicyFormValues } from "./policy-form-schema.ts";
import { createPolicy, deletePolicy, updatePolicy } from "./save-policy.ts";

interface PolicyFormProps {
  /** Null for a new policy. */
  existing: { id: string; name: string } | null;
  values: PolicyFormValues;
}

/** Makes, edits or deletes a policy through the API. */
export function PolicyForm({ existing, values }: PolicyFormProps) {
  const router = useRouter();
  const api = useApi();
  const { organization } = useShell();
  const form = useForm<PolicyFormValues, unknown, CreateApprovalPolicy>({
    resolver: zodResolver(policyFormSchema),
    defaultValues: values,
  });
  const { errors, isDirty, isSubmitting } = form.formState;
  const [failure, setFailure] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const [asks, setAsks] = useState(false);
  useLeaveGuard(isDirty && !saved);

  function leave() {
    setSaved(true);
    router.push(pageHref(organization.slug, "/settings/approval-policies"));
    router.refresh();
  }

  async function save(body: CreateApprovalPolicy) {
    setFailure(null);
    try {
      if (existing === null) await createPolicy(api, body);
      else await updatePolicy(api, existing.id, body);
    } catch (error) {
      refuse(error);
      return;
    }
    leave();
  }

  function refuse(error: unknown) {
    if (error instanceof ApiError && error.status === 409) {
      form.setError("name", { message: error.message }, { shouldFocus: true });
      return;
    }
    let placed = false;
    for (const { path, message } of fieldFailures(error, ["body"])) {
      const field = path.split(".")[0] ?? "";
      const control = CONTROL_OF_FIELD[field] ?? Object.keys(values).find((key) => key === field);
      if (control === undefined) continue;
      // What cannot be read is shown by its first line; the rest points at columns.
      const [line = message] = message.split("\n");
      form.setError(control as keyof PolicyFormValues, { message: line }, { shouldFocus: !placed });
      placed = true;
    }
    if (!placed) setFailure(failureSentence(error));
  }

  async function remove() {
    if (existing === null) return;
    try {
      await deletePolicy(api, existing.id);
    } catch (error) {
      throw new Error(failureSentence(error), { cause: error });
    }
    leave();
  }

  const submit = () => void form.handleSubmit(save)();
  useShortcut({ keys: "mod+enter", label: "Save the policy", group: "On this page", run: submit });

  return (
    <form
      noValidate
      className="max-w-[640px]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 className="text-lg">{existing === null ? "New approval policy" : `Edit ${existing.name}`}</h2>
      {failure === null ? null : (
        <ErrorState title="The policy was not saved" className="mt-4">
          {failure}
        </ErrorState>
      )}
      <FormSection id="basics" title="Basics">
        <Field label="Name" hint="Whoever decides reads it." error={errors.name?.message}>
          <Input
            {...form.register("name")}
            autoFocus={existing === null}
            maxLength={120}
            autoComplete="off"
            placeholder="Refunds above 25 EUR"
          />
        </Field>
        <Field label="Description" aside="Optional" error={errors.description?.message}>
          <Input {...form.register("description")} maxLength={2_000} />
        </Field>
      </FormSection>
      <FormSection id="calls" title="Which calls">
        <MatchFields form={form} />
      </FormSection>
      <FormSection id="who" title="Who decides">
        <DeciderFields form={form} />
      </FormSection>
      <FormSection id="time" title="Time">
        <ExpiryFields form={form} />
      </FormSection>
      <div className="flex flex-wrap items-center gap-2 pt-4">
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {existing === null ? "Create policy" : "Save policy"}
          <KeyCaps keys="mod+enter" />
        </Button>
        {existing === null ? null : (
          <Button variant="ghost" className="ml-auto" onClick={() => setAsks(true)}>
            Delete policy
          </Button>
        )}
      </div>
      {existing === null ? null : (
        <ConfirmDialog
          open={asks}
          onOpenChange={setAsks}
          title={`Delete ${existing.name}?`}
          description="Calls that it asks about now run without it. What waits under it waits on."
          confirmLabel={`Delete ${existing.name}`}
          onConfirm={remove}
        />
      )}
    </form>
  );
}
