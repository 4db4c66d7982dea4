"use client";

import { Ellipsis, MessageSquare, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { apiRequest } from "#lib/client/api-request.ts";

interface SessionActionsProps {
  session: { id: string; name: string; agentId: string; runCount: number };
  /** False when its agent is gone or closed to who looks. */
  canChat: boolean;
}

/** Go on in the chat, or delete the session. */
export function SessionActions({ session, canChat }: SessionActionsProps) {
  const { organization } = useShell();
  const api = useApi();
  const router = useRouter();
  const notify = useToast();
  const [asking, setAsking] = useState(false);
  const chat = `/chat?agent=${encodeURIComponent(session.agentId)}&session=${encodeURIComponent(session.id)}`;

  async function remove() {
    try {
      await apiRequest(api, { method: "DELETE", path: `/sessions/${encodeURIComponent(session.id)}` });
    } catch (error) {
      throw new Error(failureSentence(error), { cause: error });
    }
    notify({ title: `${session.name} deleted.` });
    router.push(pageHref(organization.slug, "/sessions"));
    router.refresh();
  }

  return (
    <>
      {canChat ? (
        <Button asChild>
          <Link href={pageHref(organization.slug, chat)}>
            <MessageSquare />
            Open chat
          </Link>
        </Button>
      ) : null}
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label="More actions">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem destructive onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden />
          Delete session
        </MenuItem>
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this session?"
        description={`“${session.name}” goes with ${session.runCount === 1 ? "its run" : `its ${session.runCount} runs`} and their events. That cannot be undone.`}
        confirmLabel="Delete session"
        onConfirm={remove}
      />
    </>
  );
}
