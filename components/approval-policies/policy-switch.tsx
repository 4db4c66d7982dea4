"use client";

import { useApi } from "#components/shell/use-api.ts";
import { useEnabledSwitch } from "#components/shell/use-enabled-switch.ts";
import { Switch } from "#components/ui/switch.tsx";
import { updatePolicy } from "./save-policy.ts";

interface PolicySwitchProps {
  id: string;
  name: string;
  enabled: boolean;
}

/** Switches a policy on and off. */
export function PolicySwitch({ id, name, enabled }: PolicySwitchProps) {
  const api = useApi();
  const { checked, busy, failure, change } = useEnabledSwitch(enabled, (on) =>
    updatePolicy(api, id, { enabled: on }),
  );

  return (
    <>
      <Switch
        aria-label={`${name} is enabled`}
        checked={checked}
        onCheckedChange={change}
        disabled={busy}
        className="relative z-10"
      />
      {failure === null ? null : (
        <span role="alert" className="text-sm text-failed-text">
          {failure}
        </span>
      )}
    </>
  );
}
