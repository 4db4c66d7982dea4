import type { JournalEvent } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { isFinished } from "#lib/core/run-status.ts";
import { journalBus } from "#lib/db/journal-bus.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRunStatus } from "#lib/db/runs.ts";

/** A reader of one run tree's journal, listening from the moment it was made. */
export interface RunWatch {
  /**
   * Returns the next events after the cursor in order, at least one; null when the run has ended, or waits for people
   * and the watch does not follow it through that, and all was given; `idle` when nothing came for `idleMs`
   * milliseconds. Events that reach the journal meanwhile are not lost.
   */
  next(idleMs: number): Promise<JournalEvent[] | "idle" | null>;
  /** Moves the cursor: the next event will be the one after `index`. */
  seek(index: number): void;
  /** Stops listening. */
  close(): void;
}

const PAGE = 1_000;
/** Live events that are kept for a reader; one that is further behind is served from the journal again. */
const MOST_LIVE = 1_000;

interface WatchRunOptions {
  /** Index of the last event that the watcher has; -1 for none. */
  afterIndex: number;
  /** The journal is only read when the live events leave a gap: right for a run that is created after this. */
  caughtUp?: boolean;
  /** Goes on watching while the run waits for people. */
  followPauses?: boolean;
}

/** Opens a watch on a run. */
export function watchRun(scope: Scope, rootRunId: string, options: WatchRunOptions): RunWatch {
  let cursor = options.afterIndex;
  let mustRead = options.caughtUp !== true;
  let ended = false;
  /** The last event given says that the run waits for people. */
  let paused = false;
  /** The last event given says that the run has failed; it may have been continued since. */
  let failed = false;
  let found = options.caughtUp === true;
  let live: JournalEvent[] = [];
  let wake: (() => void) | undefined;

  const unsubscribe = journalBus().subscribe(scope.organizationId, rootRunId, (events) => {
    if (events === null) mustRead = true;
    else if (!mustRead) live.push(...events);
    if (live.length > MOST_LIVE) {
      mustRead = true;
      live = [];
    }
    wake?.();
  });

  function accept(events: readonly JournalEvent[]): JournalEvent[] {
    const fresh: JournalEvent[] = [];
    for (const event of events) {
      if (event.lastIndex <= cursor) continue;
      fresh.push(event);
      cursor = event.lastIndex;
      if (event.runId !== rootRunId) continue;
      paused = event.body.type === "RunPaused";
      failed = event.body.type === "RunError";
      if (event.body.type === "RunCompleted") ended = true;
    }
    return fresh;
  }

  async function read(): Promise<JournalEvent[]> {
    live = [];
    // Cleared before the read: what another replica announces meanwhile may be too young for it and asks for the next.
    mustRead = false;
    const events = await readRunEvents(scope, rootRunId, cursor, PAGE);
    mustRead ||= events.length === PAGE;
    return accept(events);
  }

  /** What came from the bus, up to the first gap: what is missing there was written by another replica. */
  function takeLive(): JournalEvent[] {
    const taken: JournalEvent[] = [];
    let at = cursor;
    for (const event of live) {
      if (event.lastIndex <= at) continue;
      if (event.index > at + 1) {
        mustRead = true;
        break;
      }
      taken.push(event);
      at = event.lastIndex;
    }
    live = [];
    return accept(taken);
  }

  /** Events that came with the run's end; null when there is nothing to wait for, or nothing that the caller may see. */
  async function readEnd(): Promise<JournalEvent[] | null> {
    const status = await getRunStatus(scope, rootRunId);
    if (status === null) return null;
    if (!isFinished(status) && (status !== "PAUSED" || options.followPauses === true)) return [];
    // The run may have ended between the last read and the look at its status.
    const last = await read();
    return last.length > 0 ? last : null;
  }

  /** The events that come after a pause or a failure; null when the run waits still and is not to be followed through that. */
  async function readAfterStop(): Promise<JournalEvent[] | null> {
    const follows = paused && options.followPauses === true;
    paused = false;
    failed = false;
    return follows ? [] : readEnd();
  }

  return {
    seek(index) {
      cursor = index;
      mustRead = true;
    },
    close: unsubscribe,
    async next(idleMs) {
      for (;;) {
        if (ended) return null;
        if (paused || failed) {
          const after = await readAfterStop();
          if (after === null) ended = true;
          else if (after.length > 0) return after;
          continue;
        }
        const events = mustRead ? await read() : takeLive();
        if (events.length > 0) {
          found = true;
          return events;
        }
        if (mustRead || live.length > 0) continue;
        if (!found) {
          found = true;
          const last = await readEnd();
          if (last === null) ended = true;
          else if (last.length > 0) return last;
          continue;
        }
        const woken = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), idleMs);
          wake = () => {
            clearTimeout(timer);
            resolve(true);
          };
        });
        wake = undefined;
        if (!woken) {
          // Belt and braces: a wake-up from another replica may have been lost, and a run can end without us.
          const missed = await read();
          if (missed.length > 0) return missed;
          const last = await readEnd();
          return last?.length === 0 ? "idle" : last;
        }
      }
    },
  };
}
