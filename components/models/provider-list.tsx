"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ModelProvider } from "#lib/core/model-provider.ts";
import { ProviderDialog } from "./provider-dialog.tsx";
import { ProviderRow } from "./provider-row.tsx";

interface ProviderListProps {
  providers: readonly ModelProvider[];
  /** By connection id, the names of the agents that use it. */
  usedBy: Readonly<Record<string, readonly string[]>>;
  /** From the address: the preset of a new connection, or the id of the one to edit. */
  dialog: { add: string | undefined; edit: string | undefined };
}

/** The connections of the organization. The address says which dialog is open. */
export function ProviderList({ providers, usedBy, dialog }: ProviderListProps) {
  const router = useRouter();
  const { organization, user } = useShell();
  const canAdminister = user.role !== "member";
  const base = pageHref(organization.slug, "/models");
  const open = (search: string) => router.replace(base + search, { scroll: false });
  const edited = providers.find((provider) => provider.id === dialog.edit);
  const subject =
    edited !== undefined
      ? ({ kind: "edit", provider: edited } as const)
      : dialog.add === undefined
        ? null
        : ({ kind: "add", presetId: dialog.add } as const);
  return (
    <>
      {providers.length === 0 ? (
        <EmptyState
          title="No connections yet"
          actions={
            canAdminister ? (
              <Button onClick={() => open("?add=openai")}>
                <Plus />
                Connect a model
              </Button>
            ) : null
          }
        >
          A connection is a vendor's key, or a server of your own such as Ollama. Agents pick their models
          from it.
          {canAdminister ? null : " Only owners and admins can add one."}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {providers.map((provider) => (
            <ProviderRow
              key={provider.id}
              provider={provider}
              usedBy={usedBy[provider.id] ?? []}
              canAdminister={canAdminister}
              onEdit={() => open(`?edit=${encodeURIComponent(provider.id)}`)}
            />
          ))}
        </ul>
      )}
      {subject !== null && canAdminister ? (
        <ProviderDialog
          key={subject.kind === "edit" ? subject.provider.id : subject.presetId}
          subject={subject}
          onClose={() => open("")}
        />
      ) : null}
    </>
  );
}
