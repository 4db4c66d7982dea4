"use client";

import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { SCRIPTED_PROVIDER, type SelectableModel } from "#lib/core/model-provider.ts";
import { joinModelReference } from "./model-reference.ts";

interface ModelFieldProps {
  value: string;
  onValueChange: (value: string) => void;
  models: readonly SelectableModel[];
  error: string | undefined;
}

/** Picks the model that an agent thinks with, of all connections. */
export function ModelField({ value, onValueChange, models, error }: ModelFieldProps) {
  const { organization } = useShell();
  const known = models.some((model) => joinModelReference(model) === value);
  const isDemo = value.startsWith(`${SCRIPTED_PROVIDER}/`);
  return (
    <Field
      label="Model"
      hideLabel
      error={error}
      hint={
        value !== "" && !known ? (
          "No connection offers this model any more. Pick another, or connect its provider again."
        ) : isDemo ? (
          <>
            The demo model follows rules and is not an LLM.{" "}
            <Link
              href={pageHref(organization.slug, "/models")}
              className="text-accent-text underline underline-offset-2"
            >
              Connect a model
            </Link>{" "}
            for real answers.
          </>
        ) : undefined
      }
    >
      <Combobox
        mono
        value={value}
        onValueChange={onValueChange}
        placeholder="Pick a model"
        searchPlaceholder="Find a model"
        empty="No connection has a model of that name."
        missingLabel={value}
        options={models.map((model) => ({
          value: joinModelReference(model),
          label: model.id,
          group: model.providerName,
          hint: model.provider === SCRIPTED_PROVIDER ? "not an LLM" : undefined,
        }))}
      />
    </Field>
  );
}
