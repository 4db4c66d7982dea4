"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { Switch } from "#components/ui/switch.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { switchSchedule } from "./save-schedule.ts";

interface ScheduleSwitchProps {
  id: string;
  name: string;
  enabled: boolean;
}

/** Switches a schedule on and off; members see why it is not theirs to move. */
export function ScheduleSwitch({ id, name, enabled }: ScheduleSwitchProps) {
  const { organization, user } = useShell();
  const api = useApi();
  const router = useRouter();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [, startTransition] = useTransition();
  const isMember = user.role === "member";

  async function change(on: boolean) {
    setFailure(null);
    setWanted(on);
    try {
      await switchSchedule(api, id, on);
    } catch (error) {
      setFailure(failureSentence(error));
      setWanted(null);
      return;
    }
    startTransition(() => {
      router.refresh();
      setWanted(null);
    });
  }

  const control = (
    <Switch
      aria-label={`${name} is enabled`}
      checked={wanted ?? enabled}
      onCheckedChange={(on) => void change(on)}
      disabled={wanted !== null}
      aria-disabled={isMember || undefined}
      onClick={isMember ? (event) => event.preventDefault() : undefined}
    />
  );
  return (
    <span className="relative z-10 inline-flex align-middle">
      {isMember ? (
        <Tooltip label={`Only owners and admins of ${organization.name} can do this.`}>{control}</Tooltip>
      ) : (
        control
      )}
      {failure === null ? null : (
        <span
          role="alert"
          className="absolute top-full right-0 mt-1.5 w-60 rounded-md border border-failed-line bg-failed-soft px-2 py-1 text-left text-sm whitespace-normal text-failed-text"
        >
          {failure}
        </span>
      )}
    </span>
  );
}
