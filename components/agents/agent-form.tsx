"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { MessageSquare } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { fieldFailures } from "#components/shell/field-failures.ts";
import { formSentence } from "#components/shell/form-sentence.ts";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { useLeaveGuard } from "#components/shell/leave-guard-context.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { ApiError } from "#lib/client/api-error.ts";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { formatCount } from "#lib/core/format-count.ts";
import { idFromName } from "#lib/core/id-from-name.ts";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import { AdvancedFields } from "./advanced-fields.tsx";
import type { CheckChoices, ToolChoice } from "./agent-choices.ts";
import { agentFormSchema, type AgentFormValues } from "./agent-form-schema.ts";
import { CareFields } from "./care-fields.tsx";
import { ContextFields } from "./context-fields.tsx";
import { FormSection } from "./form-section.tsx";
import { GuardrailSection } from "./guardrail-section.tsx";
import { HoldFields } from "./hold-fields.tsx";
import { ModelField } from "./model-field.tsx";
import { RecallFields } from "./recall-fields.tsx";
import { createAgent, updateAgent } from "./save-agent.ts";
import { ToolWorldFields } from "./tool-world-fields.tsx";
import { ToolsField } from "./tools-field.tsx";

interface AgentFormProps {
  /** Null for a new agent. */
  existing: { id: string; version: number | null } | null;
  values: AgentFormValues;
  /** What of the definition the form has no control for; it is kept as it is. */
  kept: Pick<AgentDefinition, "role" | "metadata">;
  models: readonly SelectableModel[];
  tools: readonly ToolChoice[];
  checks: CheckChoices;
}

const SECTIONS = [
  { id: "basics", title: "Basics" },
  { id: "model", title: "Model" },
  { id: "instructions", title: "Instructions" },
  { id: "tools", title: "Tools" },
  { id: "context", title: "Context" },
  { id: "guardrails", title: "Guardrails" },
  { id: "care", title: "Helpers" },
  { id: "advanced", title: "Advanced" },
];

// A word has about four characters in every tokenizer we know; the exact count is the model's own business.
const CHARACTERS_PER_TOKEN = 4;
const FALLBACK_ID = "agent";

/** Makes or edits an agent. Saving publishes a new version through the API. */
export function AgentForm({ existing, values, kept, models, tools, checks }: AgentFormProps) {
  const router = useRouter();
  const api = useApi();
  const { organization } = useShell();
  const form = useForm<AgentFormValues, unknown, AgentDefinition>({
    resolver: zodResolver(agentFormSchema, { error: formSentence }),
    defaultValues: values,
  });
  const { errors, isDirty, isSubmitted, isSubmitting } = form.formState;
  const picked = useWatch({ control: form.control, name: "tools" });
  const [failure, setFailure] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const [idTyped, setIdTyped] = useState(values.id !== "");
  const [id, instructions] = useWatch({ control: form.control, name: ["id", "instructions"] });
  useLeaveGuard(isDirty && !saved);

  function nameTyped(event: ChangeEvent<HTMLInputElement>) {
    if (existing !== null || idTyped) return;
    const typed = event.target.value;
    const derived = typed.trim() === "" ? "" : idFromName(typed, FALLBACK_ID);
    form.setValue("id", derived, { shouldValidate: isSubmitted });
  }

  async function save(definition: AgentDefinition, then: "stay" | "chat") {
    setFailure(null);
    const whole = { ...kept, ...definition };
    try {
      await (existing === null ? createAgent(api, whole) : updateAgent(api, whole, existing.version));
    } catch (error) {
      refuse(error);
      return;
    }
    setSaved(true);
    const target =
      then === "chat"
        ? `/chat?agent=${encodeURIComponent(whole.id)}`
        : `/agents/${encodeURIComponent(whole.id)}`;
    router.push(pageHref(organization.slug, target));
    router.refresh();
  }

  function refuse(error: unknown) {
    if (existing === null && error instanceof ApiError && error.status === 409) {
      form.setError("id", { message: error.message }, { shouldFocus: true });
      return;
    }
    const failures = fieldFailures(error, ["body", "config"]);
    const controls = Object.keys(values);
    let placed = false;
    for (const { path, message } of failures) {
      const control = controls.find((key) => path === key || path.startsWith(`${key}.`));
      if (control === undefined) continue;
      form.setError(control as keyof AgentFormValues, { message }, { shouldFocus: !placed });
      placed = true;
    }
    if (!placed) setFailure(failureSentence(error));
  }

  const submit = (then: "stay" | "chat") => () =>
    void form.handleSubmit((definition) => save(definition, then))();
  useShortcut({ keys: "mod+enter", label: "Save the agent", group: "On this page", run: submit("stay") });

  const title = existing === null ? "New agent" : "Edit";
  const parents =
    existing === null
      ? []
      : [
          {
            label: values.name,
            href: pageHref(organization.slug, `/agents/${encodeURIComponent(existing.id)}`),
          },
        ];
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        submit("stay")();
      }}
      noValidate
    >
      <PageHeader
        crumbs={[
          { label: "Agents", href: pageHref(organization.slug, "/agents") },
          ...parents,
          { label: title },
        ]}
        badge={
          existing?.version === null || existing === null ? null : <Badge>Version {existing.version}</Badge>
        }
        actions={
          <>
            {isDirty ? <span className="text-fg-3 max-md:hidden">Unsaved changes</span> : null}
            <Button
              variant="ghost"
              className="max-sm:hidden"
              disabled={isSubmitting}
              onClick={submit("chat")}
            >
              <MessageSquare />
              Save and chat
            </Button>
            <Button type="submit" variant="primary" pending={isSubmitting}>
              {existing === null ? "Create agent" : "Save agent"}
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
            <h1 className="pt-5">{existing === null ? "New agent" : `Edit ${values.name}`}</h1>
            {failure === null ? null : (
              <ErrorState title="The agent was not saved" className="mt-4">
                {failure}
              </ErrorState>
            )}
            <FormSection id="basics" title="Basics">
              <div className="grid gap-3.5 sm:grid-cols-2">
                <Field label="Name" error={errors.name?.message}>
                  <Input
                    {...form.register("name", { onChange: nameTyped })}
                    autoFocus={existing === null}
                    maxLength={120}
                    autoComplete="off"
                  />
                </Field>
                <Field
                  label="Id"
                  error={errors.id?.message}
                  hint={
                    existing === null ? `Its address in the API: /api/agents/${id || "…"}` : "Stays as it is."
                  }
                >
                  <Input
                    {...form.register("id", {
                      onChange: (event: ChangeEvent<HTMLInputElement>) =>
                        setIdTyped(event.target.value !== ""),
                    })}
                    readOnly={existing !== null}
                    className="mono sm:text-[12px]"
                    autoComplete="off"
                    spellCheck={false}
                  />
                </Field>
              </div>
              <Field label="Description" aside="Optional" error={errors.description?.message}>
                <Input {...form.register("description")} placeholder="What it is for, in a sentence" />
              </Field>
            </FormSection>
            <FormSection id="model" title="Model">
              <Controller
                control={form.control}
                name="model"
                render={({ field }) => (
                  <ModelField
                    value={field.value}
                    onValueChange={field.onChange}
                    models={models}
                    error={errors.model?.message}
                  />
                )}
              />
            </FormSection>
            <FormSection
              id="instructions"
              title="Instructions"
              aside={`about ${formatCount(Math.ceil(instructions.length / CHARACTERS_PER_TOKEN))} tokens`}
            >
              <Field
                label="Instructions"
                hideLabel
                error={errors.instructions?.message}
                hint="A name in braces, such as {team_name}, is filled from session state, then dependencies; {user_id} is whoever asks. An unknown name stays as it is."
              >
                <Textarea
                  {...form.register("instructions")}
                  rows={8}
                  className="min-h-40"
                  placeholder="What it does, how it answers, what it must not do."
                />
              </Field>
            </FormSection>
            <FormSection id="tools" title="Tools">
              <Controller
                control={form.control}
                name="tools"
                render={({ field }) => (
                  <ToolsField
                    value={field.value}
                    onValueChange={field.onChange}
                    tools={tools}
                    error={errors.tools?.message}
                  />
                )}
              />
              <Controller
                control={form.control}
                name="tool_settings"
                render={({ field }) => (
                  <HoldFields
                    picked={picked}
                    tools={tools}
                    value={field.value ?? {}}
                    onValueChange={field.onChange}
                  />
                )}
              />
              <ToolWorldFields form={form} hooks={checks.toolHooks} />
            </FormSection>
            <FormSection id="context" title="Context">
              <ContextFields form={form} />
              <RecallFields form={form} />
            </FormSection>
            <FormSection id="guardrails" title="Guardrails">
              <GuardrailSection form={form} models={models} choices={checks} />
            </FormSection>
            <FormSection id="care" title="Helpers" aside="a model call each">
              <CareFields form={form} models={models} />
            </FormSection>
            <AdvancedFields form={form} models={models} />
            <Button className="w-full sm:hidden" disabled={isSubmitting} onClick={submit("chat")}>
              <MessageSquare />
              Save and chat
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}
