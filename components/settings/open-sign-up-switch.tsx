"use client";

import { useOptimistic, useState, useTransition } from "react";
import { SwitchField } from "#components/ui/switch.tsx";
import type { ActionResult } from "#lib/core/action-result.ts";

interface OpenSignUpSwitchProps {
  isOpen: boolean;
  setOpen: (isOpen: boolean) => Promise<ActionResult>;
}

/** Whether anybody who reaches the server may make an account. */
export function OpenSignUpSwitch({ isOpen, setOpen }: OpenSignUpSwitchProps) {
  const [shown, show] = useOptimistic(isOpen);
  const [failure, setFailure] = useState<string | null>(null);
  const [, start] = useTransition();
  return (
    <div className="border-t border-line pt-3">
      <SwitchField
        label="Anybody may make an account"
        hint="Whoever reaches this server becomes a member without an invitation."
        checked={shown}
        onCheckedChange={(next) =>
          start(async () => {
            show(next);
            setFailure((await setOpen(next))?.failure ?? null);
          })
        }
      />
      {failure === null ? null : (
        <p role="alert" className="mt-2 text-failed-text">
          {failure}
        </p>
      )}
    </div>
  );
}
