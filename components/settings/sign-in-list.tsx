"use client";

import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ActionResult } from "#lib/core/action-result.ts";

interface SignInListProps {
  signIns: readonly {
    id: string;
    device: string;
    createdAt: string;
    lastSeenAt: string;
    isCurrent: boolean;
  }[];
  revoke: (id: string) => Promise<ActionResult>;
  signOutEverywhere: () => Promise<ActionResult>;
}

/** One's sign-ins; each can be ended, and all of them at once. */
export function SignInList({ signIns, revoke, signOutEverywhere }: SignInListProps) {
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);

  async function end(id: string) {
    setPending(id);
    const result = await revoke(id);
    setFailure(result?.failure ?? null);
    setPending(null);
  }

  async function endAll() {
    const result = await signOutEverywhere();
    if (result !== null) throw new Error(result.failure);
  }

  return (
    <>
      {failure === null ? null : (
        <p role="alert" className="pb-2 text-failed-text">
          {failure}
        </p>
      )}
      <ul className="border-t border-line">
        {signIns.map(({ id, device, createdAt, lastSeenAt, isCurrent }) => (
          <li key={id} className="flex items-center gap-3 border-b border-line py-2.5">
            <MonitorSmartphone aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2">
                <span className="truncate font-medium">{device}</span>
                {isCurrent ? <Badge>This browser</Badge> : null}
              </p>
              <p className="text-sm text-fg-3">
                Signed in <RelativeTime value={createdAt} /> · seen <RelativeTime value={lastSeenAt} />
              </p>
            </div>
            {isCurrent ? null : (
              <Button
                variant="ghost"
                pending={pending === id}
                aria-label={`Sign out ${device}`}
                onClick={() => void end(id)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button className="mt-4" onClick={() => setAsking(true)}>
        Sign out everywhere
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        description="All your sign-ins end at once, this one too. Runs under way go on."
        confirmLabel="Sign out everywhere"
        cancelLabel="Stay signed in"
        onConfirm={endAll}
      />
    </>
  );
}
