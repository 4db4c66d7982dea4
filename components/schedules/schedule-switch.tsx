"use client";

import { useShell } from "#components/shell/shell-context.ts";
import { useApi } from "#components/shell/use-api.ts";
import { useEnabledSwitch } from "#components/shell/use-enabled-switch.ts";
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
  const { checked, busy, failure, change } = useEnabledSwitch(enabled, (on) => switchSchedule(api, id, on));
  const isMember = user.role === "member";

  const control = (
    <Switch
      aria-label={`${name} is enabled`}
      checked={checked}
      onCheckedChange={change}
      disabled={busy}
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
