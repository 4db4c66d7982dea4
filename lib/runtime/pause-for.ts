import { untilAborted } from "./abort-race.ts";
import type { Clock } from "./ports.ts";

/** Waits; rejects with the signal's reason when the run is to stop before that. */
export function pauseFor(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  let cancel: () => void = () => undefined;
  const waited = new Promise<void>((resolve) => {
    cancel = clock.after(delayMs, resolve);
  });
  return untilAborted(waited, signal).finally(() => cancel());
}
