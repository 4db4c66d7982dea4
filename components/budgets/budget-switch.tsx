"use client";

import { useApi } from "#components/shell/use-api.ts";
import { useEnabledSwitch } from "#components/shell/use-enabled-switch.ts";
import { Switch } from "#components/ui/switch.tsx";
import { updateBudget } from "./save-budget.ts";

interface BudgetSwitchProps {
  id: string;
  name: string;
  enabled: boolean;
}

/** Switches a budget on and off. */
export function BudgetSwitch({ id, name, enabled }: BudgetSwitchProps) {
  const api = useApi();
  const { checked, busy, failure, change } = useEnabledSwitch(enabled, (on) =>
    updateBudget(api, id, { enabled: on }),
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
