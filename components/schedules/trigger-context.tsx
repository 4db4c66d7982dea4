"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { failureSentence } from "#components/shell/failure-sentence.ts";
import { useApi } from "#components/shell/use-api.ts";
import type { ScheduleRun } from "#lib/core/schedule.ts";
import { triggerSchedule } from "./save-schedule.ts";

/** How far a firing by hand is. */
export type TriggerState =
  | { phase: "idle" }
  | { phase: "running"; sinceMs: number }
  | { phase: "ended"; run: ScheduleRun }
  | { phase: "refused"; sentence: string };

interface Trigger {
  state: TriggerState;
  start: () => void;
}

const TriggerContext = createContext<Trigger | null>(null);

/** When the history is read for the new attempt; it goes on reading by itself while one is under way. */
const FIRST_LOOK_MS = 500;

/** Holds the firing by hand of one schedule, for the button in the page's head and the line in its body. */
export function TriggerProvider({ scheduleId, children }: { scheduleId: string; children: ReactNode }) {
  const api = useApi();
  const router = useRouter();
  const [state, setState] = useState<TriggerState>({ phase: "idle" });
  const isRunning = state.phase === "running";

  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => router.refresh(), FIRST_LOOK_MS);
    return () => clearTimeout(timer);
  }, [isRunning, router]);

  const trigger = useMemo((): Trigger => {
    async function fire() {
      setState({ phase: "running", sinceMs: Date.now() });
      try {
        setState({ phase: "ended", run: await triggerSchedule(api, scheduleId) });
      } catch (error) {
        setState({ phase: "refused", sentence: failureSentence(error) });
      }
      router.refresh();
    }
    return { state, start: () => void fire() };
  }, [api, router, scheduleId, state]);

  return <TriggerContext value={trigger}>{children}</TriggerContext>;
}

/** The firing by hand of the schedule on this page. */
export function useTrigger(): Trigger {
  const trigger = useContext(TriggerContext);
  if (trigger === null) throw new Error("useTrigger needs a TriggerProvider above it.");
  return trigger;
}
