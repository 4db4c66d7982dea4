import type { Clock } from "./ports.ts";
import type { RunLimits } from "./run-limits.ts";

/** Keeps the three times of a model call. */
export interface ModelCallWatch {
  /** Counts a part of the answer. Called for every chunk, so it only counts. */
  progress(): void;
  /** Ends the watch. */
  stop(): void;
}

/** Which of the times ran out. */
export type ModelCallTimeout = "total" | "first_output" | "stall";

/** How many times in a stall's length the watch looks; a stall is seen at most that fraction late. */
const LOOKS_PER_STALL = 4;

/** Watches a model call with one timer, however many parts it has. Calls `onTimeout` at most once. */
export function watchModelCall(
  clock: Clock,
  limits: RunLimits,
  onTimeout: (which: ModelCallTimeout) => void,
): ModelCallWatch {
  const startedAt = clock.monotonicMs();
  let parts = 0;
  let seenParts = 0;
  let changedAt = startedAt;
  let cancel = clock.after(Math.min(limits.modelFirstOutputMs, limits.modelTotalMs), look);

  function look(): void {
    const now = clock.monotonicMs();
    const left = limits.modelTotalMs - (now - startedAt);
    if (left <= 0) return onTimeout("total");
    if (parts === 0) return onTimeout("first_output");
    if (parts !== seenParts) {
      seenParts = parts;
      changedAt = now;
    } else if (now - changedAt >= limits.modelStallMs) {
      return onTimeout("stall");
    }
    cancel = clock.after(Math.min(limits.modelStallMs / LOOKS_PER_STALL, left), look);
  }

  return {
    progress() {
      parts++;
    },
    stop() {
      cancel();
    },
  };
}
