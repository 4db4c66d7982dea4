"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { useApi } from "#components/shell/use-api.ts";
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
  const router = useRouter();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [, startTransition] = useTransition();

  async function change(on: boolean) {
    setFailure(null);
    setWanted(on);
    try {
      await updateBudget(api, id, { enabled: on });
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

  return (
    <>
      <Switch
        aria-label={`${name} is enabled`}
        checked={wanted ?? enabled}
        onCheckedChange={(on) => void change(on)}
        disabled={wanted !== null}
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
