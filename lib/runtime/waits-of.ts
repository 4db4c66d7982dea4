import type { JournalEvent } from "../core/journal.ts";

/** For how long a run has waited for people: for what they decide, or to go on with it after it had failed. */
interface Waits {
  /** Milliseconds, all waits that are over. */
  closedMs: number;
  /** Milliseconds since the epoch; null when it waits for nobody now. */
  openSinceMs: number | null;
}

/** Adds up a run's waits; `all` are its events in order. */
export function waitsOf(all: readonly JournalEvent[]): Waits {
  const waits: Waits = { closedMs: 0, openSinceMs: null };
  for (const { body, createdAtMs } of all) {
    if (body.type === "RunPaused" || body.type === "RunError") waits.openSinceMs ??= createdAtMs;
    else if (body.type === "RunContinued" && waits.openSinceMs !== null) {
      waits.closedMs += Math.max(0, createdAtMs - waits.openSinceMs);
      waits.openSinceMs = null;
    }
  }
  return waits;
}
