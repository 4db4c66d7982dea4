"use client";

import { useState } from "react";
import { ROLE_WORDS } from "#components/shell/role-words.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ActionResult } from "#lib/core/action-result.ts";
import type { Role } from "#lib/core/principal.ts";

interface InvitationListProps {
  invitations: readonly { id: string; email: string | null; role: Role; expiresAt: string }[];
  revoke: (id: string) => Promise<ActionResult>;
}

/** The links that are out, each with a button that makes it useless. */
export function InvitationList({ invitations, revoke }: InvitationListProps) {
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function close(id: string) {
    setPending(id);
    const result = await revoke(id);
    setFailure(result?.failure ?? null);
    setPending(null);
  }

  if (invitations.length === 0) {
    return <p className="border-t border-line pt-3 text-fg-3">No link is out.</p>;
  }
  return (
    <>
      {failure === null ? null : (
        <p role="alert" className="pb-2 text-failed-text">
          {failure}
        </p>
      )}
      <ul className="border-t border-line">
        {invitations.map(({ id, email, role, expiresAt }) => (
          <li key={id} className="flex items-center gap-3 border-b border-line py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate">{email ?? "Whoever has the link"}</p>
              <p className="text-sm text-fg-3">
                {ROLE_WORDS[role]} · ends <RelativeTime ahead value={expiresAt} />
              </p>
            </div>
            <Button
              variant="ghost"
              pending={pending === id}
              aria-label={`Revoke the invitation of ${email ?? "whoever has the link"}`}
              onClick={() => void close(id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
