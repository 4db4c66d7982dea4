import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { failureSentence } from "./failure-sentence.ts";

/** A switch that saves what it is moved to. */
export interface EnabledSwitch {
  /** Where it stands: where it was moved to while that is being saved. */
  checked: boolean;
  busy: boolean;
  /** Why the last change was not saved, as a sentence; null when it was. */
  failure: string | null;
  change: (on: boolean) => void;
}

/** Moves a switch at once, saves that, and moves it back with a sentence when it cannot be saved. */
export function useEnabledSwitch(enabled: boolean, save: (on: boolean) => Promise<void>): EnabledSwitch {
  const router = useRouter();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [, startTransition] = useTransition();

  async function change(on: boolean): Promise<void> {
    setFailure(null);
    setWanted(on);
    try {
      await save(on);
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

  return {
    checked: wanted ?? enabled,
    busy: wanted !== null,
    failure,
    change: (on) => void change(on),
  };
}
