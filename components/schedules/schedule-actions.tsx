"use client";

import { CirclePause, CirclePlay, Ellipsis, Pencil, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { useGo } from "#components/shell/leave-guard-context.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useShortcut } from "#components/shell/shortcut-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { ConfirmDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { deleteSchedule, switchSchedule } from "./save-schedule.ts";
import { useTrigger } from "./trigger-context.tsx";

interface ScheduleActionsProps {
  schedule: { id: string; name: string; enabled: boolean; firingCount: number };
}

/** What one does with a schedule: trigger it now, edit it, switch it on or off, delete it. */
export function ScheduleActions({ schedule }: ScheduleActionsProps) {
  const { organization, user } = useShell();
  const api = useApi();
  const router = useRouter();
  const go = useGo();
  const notify = useToast();
  const { state, start } = useTrigger();
  const [question, setQuestion] = useState<"delete" | "switch" | null>(null);
  const isMember = user.role === "member";
  const editHref = pageHref(organization.slug, `/schedules/${encodeURIComponent(schedule.id)}/edit`);
  useShortcut(
    isMember
      ? null
      : { keys: "e", label: "Edit the schedule", group: "On this page", run: () => go(editHref) },
  );

  async function remove() {
    await saying(() => deleteSchedule(api, schedule.id));
    notify({ title: `${schedule.name} deleted.` });
    router.push(pageHref(organization.slug, "/schedules"));
    router.refresh();
  }

  async function change() {
    await saying(() => switchSchedule(api, schedule.id, !schedule.enabled));
    router.refresh();
  }

  const reason = isMember
    ? `Only owners and admins of ${organization.name} can do this.`
    : schedule.enabled
      ? null
      : "It is off. Enable it first.";
  const verb = schedule.enabled ? "Disable" : "Enable";
  return (
    <>
      <AdminAction href={editHref} className="max-sm:hidden">
        <Pencil />
        Edit
      </AdminAction>
      {reason === null ? (
        <Button variant="primary" pending={state.phase === "running"} onClick={start}>
          <Play />
          Trigger now
        </Button>
      ) : (
        <Tooltip label={reason}>
          <Button
            aria-disabled
            tabIndex={0}
            variant="primary"
            className="pointer-events-auto cursor-not-allowed"
          >
            <Play />
            Trigger now
          </Button>
        </Tooltip>
      )}
      {isMember ? null : (
        <DropdownMenu
          align="end"
          trigger={
            <IconButton label="More actions">
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem asChild className="sm:hidden">
            <Link href={editHref}>
              <Pencil aria-hidden />
              Edit
            </Link>
          </MenuItem>
          <MenuItem onSelect={() => setQuestion("switch")}>
            {schedule.enabled ? <CirclePause aria-hidden /> : <CirclePlay aria-hidden />}
            {verb} schedule
          </MenuItem>
          <MenuItem destructive onSelect={() => setQuestion("delete")}>
            <Trash2 aria-hidden />
            Delete schedule
          </MenuItem>
        </DropdownMenu>
      )}
      <ConfirmDialog
        open={question === "switch"}
        onOpenChange={(open) => setQuestion(open ? "switch" : null)}
        title={`${verb} ${schedule.name}?`}
        description={
          schedule.enabled
            ? "It does not fire until it is enabled again. What is running ends by itself."
            : "It fires from its next time on. Times that passed while it was off are not made up for."
        }
        confirmLabel={`${verb} ${schedule.name}`}
        cancelLabel="Leave it"
        destructive={false}
        onConfirm={change}
      />
      <ConfirmDialog
        open={question === "delete"}
        onOpenChange={(open) => setQuestion(open ? "delete" : null)}
        title={`Delete ${schedule.name}?`}
        description={lossSentence(schedule.firingCount)}
        confirmLabel={`Delete ${schedule.name}`}
        onConfirm={remove}
      />
    </>
  );
}

async function saying(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(failureSentence(error), { cause: error });
  }
}

function lossSentence(count: number): string {
  if (count === 0) return "It has never fired.";
  return `Its history of ${count === 1 ? "one attempt" : `${count} attempts`} goes with it. The sessions of its runs stay.`;
}
