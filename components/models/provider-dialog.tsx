"use client";

import { PlugZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { fieldFailures } from "#components/shell/field-failures.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { Select } from "#components/ui/select.tsx";
import {
  type ConnectionTest,
  createModelProviderSchema,
  type ModelProvider,
  PROVIDER_KINDS,
  updateModelProviderSchema,
} from "#lib/core/model-provider.ts";
import { ConnectionResult } from "./connection-result.tsx";
import { ModelsField } from "./models-field.tsx";
import { createProvider, type ProviderDraft, testDraft, updateProvider } from "./provider-api.ts";
import { PROVIDER_PRESETS, presetOf } from "./provider-presets.ts";

interface ProviderDialogProps {
  /** The connection to edit, or the preset to start a new one from. */
  subject: { kind: "edit"; provider: ModelProvider } | { kind: "add"; presetId: string };
  onClose: () => void;
}

type Failures = Readonly<Record<string, string>>;

function firstDraft(subject: ProviderDialogProps["subject"]): ProviderDraft {
  if (subject.kind === "edit") {
    const { provider } = subject;
    return {
      kind: provider.kind,
      name: provider.name,
      baseUrl: provider.base_url ?? "",
      apiKey: "",
      models: provider.models,
    };
  }
  const preset = presetOf(subject.presetId);
  const name = preset.id === "openai-compatible" ? "" : preset.label;
  return { kind: preset.kind, name, baseUrl: preset.baseUrl, apiKey: "", models: [] };
}

function checked(draft: ProviderDraft, isNew: boolean): Failures {
  const body = {
    name: draft.name,
    base_url: draft.baseUrl === "" ? null : draft.baseUrl,
    api_key: draft.apiKey === "" ? undefined : draft.apiKey,
    models: [...draft.models],
  };
  const parsed = isNew
    ? createModelProviderSchema.safeParse({ ...body, kind: draft.kind })
    : updateModelProviderSchema.safeParse(body);
  if (parsed.success) return {};
  return Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
}

/** Connects a model provider or changes a connection: whose, where, with which key, and which models agents may pick. */
export function ProviderDialog({ subject, onClose }: ProviderDialogProps) {
  const api = useApi();
  const router = useRouter();
  const isNew = subject.kind === "add";
  const [presetId, setPresetId] = useState(isNew ? presetOf(subject.presetId).id : subject.provider.kind);
  const [draft, setDraft] = useState(() => firstDraft(subject));
  const [failures, setFailures] = useState<Failures>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const aborter = useRef<AbortController | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => () => aborter.current?.abort(), []);
  const [touched, setTouched] = useState(false);
  const [leaving, setLeaving] = useState(false);

  const kind = PROVIDER_KINDS.find((entry) => entry.kind === draft.kind);
  const change = (part: Partial<ProviderDraft>) => {
    setDraft((current) => ({ ...current, ...part }));
    setFailures({});
    setTouched(true);
  };

  function refuse(error: unknown) {
    const placed = fieldFailures(error, ["body"]);
    setFailures(Object.fromEntries(placed.map(({ path, message }) => [path.split(".")[0] ?? path, message])));
    if (placed.length === 0) setFailure(failureSentence(error));
  }

  /** True when the form may be sent; else its first refused control has the focus. */
  function passes(ignored: readonly string[]): boolean {
    const found = Object.entries(checked(draft, isNew)).filter(([field]) => !ignored.includes(field));
    setFailures(Object.fromEntries(found));
    if (found.length === 0) return true;
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    return false;
  }

  async function test() {
    setFailure(null);
    setResult(null);
    if (!passes(["name", "models"])) return;
    const controller = new AbortController();
    aborter.current = controller;
    setTesting(true);
    try {
      const found = await testDraft(api, draft, isNew ? null : subject.provider.id, controller.signal);
      setResult(found);
      if (draft.models.length === 0 && found.model !== null) change({ models: [found.model] });
    } catch (error) {
      if (!controller.signal.aborted) refuse(error);
    } finally {
      setTesting(false);
    }
  }

  async function save() {
    setFailure(null);
    if (!passes([])) return;
    setSaving(true);
    try {
      if (isNew) await createProvider(api, draft);
      else {
        await updateProvider(api, subject.provider.id, {
          name: draft.name,
          base_url: draft.baseUrl === "" ? null : draft.baseUrl,
          models: [...draft.models],
          ...(draft.apiKey === "" ? {} : { api_key: draft.apiKey }),
        });
      }
      router.refresh();
      onClose();
    } catch (error) {
      refuse(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Dialog
      open
      // Esc and a click beside the box are easily made by accident; Cancel is meant.
      onOpenChange={() => (touched ? setLeaving(true) : onClose())}
      width={560}
      title={isNew ? "Connect a model" : `Edit ${subject.provider.name}`}
      footer={
        <>
          <Button variant="primary" type="submit" form="model-provider" pending={saving} disabled={testing}>
            {isNew ? "Save connection" : "Save changes"}
          </Button>
          <Button onClick={() => void test()} pending={testing} disabled={saving}>
            <PlugZap />
            Test connection
          </Button>
          <Button variant="ghost" className="max-sm:hidden sm:ml-auto" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form
        id="model-provider"
        ref={form}
        noValidate
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="grid gap-3.5 sm:grid-cols-2">
          {isNew ? (
            <Field label="Provider">
              <Select
                value={presetId}
                onValueChange={(next) => {
                  setPresetId(next);
                  setResult(null);
                  setDraft(firstDraft({ kind: "add", presetId: next }));
                  setFailures({});
                  setTouched(false);
                }}
                options={PROVIDER_PRESETS.map((preset) => ({ value: preset.id, label: preset.label }))}
              />
            </Field>
          ) : null}
          <Field label="Name" error={failures["name"]} hint="How agents' forms show it.">
            <Input
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
              maxLength={80}
            />
          </Field>
        </div>
        <Field
          label="Address"
          aside={kind?.defaultBaseUrl === null ? undefined : "Optional"}
          error={failures["base_url"]}
          hint={
            kind?.defaultBaseUrl === null
              ? "Where the server answers, with /v1."
              : "Only for a proxy of your own; empty is the vendor's."
          }
        >
          <Input
            type="url"
            value={draft.baseUrl}
            onChange={(event) => change({ baseUrl: event.target.value })}
            placeholder={kind?.defaultBaseUrl ?? "http://localhost:11434/v1"}
            spellCheck={false}
          />
        </Field>
        <Field
          label="API key"
          aside={kind?.needsKey === true ? undefined : "Optional"}
          error={failures["api_key"]}
          hint={
            <>
              {kind?.keyHelp}{" "}
              {kind?.keyUrl == null ? null : (
                <a
                  href={kind.keyUrl}
                  target="_blank"
                  rel="noreferrer"
                  className="text-accent-text underline underline-offset-2"
                >
                  Open it
                </a>
              )}{" "}
              It is encrypted and never leaves the server.
            </>
          }
        >
          <Input
            type="password"
            value={draft.apiKey}
            onChange={(event) => change({ apiKey: event.target.value })}
            placeholder={
              !isNew && subject.provider.has_key
                ? `Ends in ${subject.provider.key_hint ?? "…"}. Empty keeps it.`
                : undefined
            }
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <ModelsField
          value={draft.models}
          onValueChange={(models) => change({ models })}
          suggestions={
            result !== null && result.models.length > 0 ? result.models : (kind?.exampleModels ?? [])
          }
          error={failures["models"]}
        />
        {testing ? (
          <div role="status" className="flex flex-col gap-1.5">
            <p className="text-fg-2">Asking {draft.name || kind?.label} for its models and one word…</p>
            <Progress label="Connection test" value={null} />
          </div>
        ) : null}
        {result === null ? null : <ConnectionResult result={result} />}
        {failure === null ? null : <ErrorState title="That did not work">{failure}</ErrorState>}
      </form>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={isNew ? "Discard the new connection?" : "Discard the changes?"}
        description="What you entered here is lost."
        confirmLabel="Discard"
        cancelLabel="Keep editing"
        onConfirm={onClose}
      />
    </Dialog>
  );
}
