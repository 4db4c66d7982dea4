"use client";

import { Ellipsis, Pencil, PlugZap, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { type ModelProvider, providerKindLabel } from "#lib/core/model-provider.ts";
import { deleteProvider, testProvider, updateProvider } from "./provider-api.ts";

interface ProviderRowProps {
  provider: ModelProvider;
  /** Names of the agents that use one of its models. */
  usedBy: readonly string[];
  canAdminister: boolean;
  onEdit: () => void;
}

/** One connection: what it is, whether it worked when it was last asked, and its switch. */
export function ProviderRow({ provider, usedBy, canAdminister, onEdit }: ProviderRowProps) {
  const api = useApi();
  const router = useRouter();
  const [refreshing, startTransition] = useTransition();
  const [testing, setTesting] = useState(false);
  const [switching, setSwitching] = useState(false);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function act(work: () => Promise<unknown>, setBusy: (busy: boolean) => void) {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      startTransition(() => router.refresh());
    } catch (error) {
      setFailure(failureSentence(error));
    } finally {
      setBusy(false);
    }
  }

  async function remove() {
    try {
      await deleteProvider(api, provider.id);
    } catch (error) {
      throw new Error(failureSentence(error), { cause: error });
    }
    router.refresh();
  }

  const test = () => void act(() => testProvider(api, provider.id), setTesting);
  return (
    <li className="flex items-center gap-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{provider.name}</span>
          <span className="text-fg-3">{providerKindLabel(provider.kind)}</span>
          {provider.enabled ? null : <Badge>Off</Badge>}
        </p>
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-fg-3">
          {canAdminister ? (
            <>
              <span className="mono min-w-0 truncate">{provider.base_url ?? "vendor's address"}</span>
              <span>{provider.has_key ? `key …${provider.key_hint ?? ""}` : "no key"}</span>
            </>
          ) : null}
          <span>{provider.models.length === 1 ? "1 model" : `${provider.models.length} models`}</span>
        </p>
        <div className="mt-0.5 text-sm">
          {failure !== null ? (
            <p role="alert" className="text-failed-text">
              {failure}
            </p>
          ) : testing ? (
            <Status kind="running" label="Testing" />
          ) : (
            <LastTest provider={provider} />
          )}
        </div>
      </div>
      <Switch
        aria-label={`${provider.name} on`}
        checked={provider.enabled}
        disabled={!canAdminister || switching || refreshing}
        onCheckedChange={(enabled) =>
          void act(() => updateProvider(api, provider.id, { enabled }), setSwitching)
        }
      />
      {canAdminister ? (
        <DropdownMenu
          align="end"
          trigger={
            <IconButton label={`Actions for ${provider.name}`} disabled={testing}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem onSelect={test}>
            <PlugZap aria-hidden />
            Test connection
          </MenuItem>
          <MenuItem onSelect={onEdit}>
            <Pencil aria-hidden />
            Edit
          </MenuItem>
          <MenuSeparator />
          <MenuItem destructive onSelect={() => setAsking(true)}>
            <Trash2 aria-hidden />
            Delete connection
          </MenuItem>
        </DropdownMenu>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${provider.name}?`}
        description={
          usedBy.length === 0
            ? "No agent uses its models. Its key is gone for good."
            : `${usedBy.join(", ")} ${usedBy.length === 1 ? "uses" : "use"} it and cannot answer until you pick another model. Its key is gone for good.`
        }
        confirmLabel={`Delete ${provider.name}`}
        onConfirm={remove}
      />
    </li>
  );
}

function LastTest({ provider }: { provider: ModelProvider }) {
  if (provider.last_tested_at === null || provider.last_test_ok === null) {
    return <p className="text-fg-3">Not tested since it was saved.</p>;
  }
  return (
    <p className="flex flex-wrap items-center gap-x-1.5">
      <Status
        kind={provider.last_test_ok ? "done" : "failed"}
        label={provider.last_test_ok ? "Worked" : "Failed"}
      />
      <RelativeTime value={provider.last_tested_at} className="text-fg-3" />
      {provider.last_test_detail === null ? null : (
        <span className="min-w-0 text-fg-2 [overflow-wrap:anywhere]">{provider.last_test_detail}</span>
      )}
    </p>
  );
}
