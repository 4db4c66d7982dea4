"use client";

import { Copy, Ellipsis, MessageSquare, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { deleteAgent } from "./save-agent.ts";

interface AgentActionsProps {
  agent: { id: string; name: string; source: "code" | "stored"; sessionCount: number };
}

/** What one does with an agent: talk to it, edit or copy it, delete it. */
export function AgentActions({ agent }: AgentActionsProps) {
  const { organization, user } = useShell();
  const api = useApi();
  const router = useRouter();
  const notify = useToast();
  const [asking, setAsking] = useState(false);
  const id = encodeURIComponent(agent.id);
  const to = (path: string) => pageHref(organization.slug, path);

  async function remove() {
    try {
      await deleteAgent(api, agent.id);
    } catch (error) {
      throw new Error(failureSentence(error), { cause: error });
    }
    notify({ title: `${agent.name} deleted.` });
    router.push(to("/agents"));
    router.refresh();
  }

  return (
    <>
      {agent.source === "stored" ? (
        <AdminAction href={to(`/agents/${id}/edit`)} className="max-sm:hidden">
          <Pencil />
          Edit
        </AdminAction>
      ) : (
        <AdminAction href={to(`/agents/new?from=${id}`)} className="max-sm:hidden">
          <Copy />
          Make a copy
        </AdminAction>
      )}
      <Button asChild variant="primary">
        <Link href={to(`/chat?agent=${id}`)}>
          <MessageSquare />
          Chat
        </Link>
      </Button>
      {user.role === "member" ? null : (
        <DropdownMenu
          align="end"
          trigger={
            <IconButton label="More actions" className={agent.source === "code" ? "sm:hidden" : undefined}>
              <Ellipsis />
            </IconButton>
          }
        >
          {agent.source === "stored" ? (
            <MenuItem asChild className="sm:hidden">
              <Link href={to(`/agents/${id}/edit`)}>
                <Pencil aria-hidden />
                Edit
              </Link>
            </MenuItem>
          ) : null}
          <MenuItem asChild>
            <Link href={to(`/agents/new?from=${id}`)}>
              <Copy aria-hidden />
              Make a copy
            </Link>
          </MenuItem>
          {agent.source === "stored" ? (
            <MenuItem destructive onSelect={() => setAsking(true)}>
              <Trash2 aria-hidden />
              Delete agent
            </MenuItem>
          ) : null}
        </DropdownMenu>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${agent.name}?`}
        description={`${lossSentence(agent.sessionCount)} Its versions are gone, and calls of its API answer 404.`}
        confirmLabel={`Delete ${agent.name}`}
        onConfirm={remove}
      />
    </>
  );
}

function lossSentence(sessionCount: number): string {
  if (sessionCount === 0) return "It has no sessions.";
  return sessionCount === 1
    ? "Its session stays readable, but cannot go on."
    : `Its ${sessionCount} sessions stay readable, but cannot go on.`;
}
