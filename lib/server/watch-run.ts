import type { JournalEvent } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { isFinished } from "#lib/core/run-status.ts";
import { journalBus } from "#lib/db/journal-bus.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRunStatus } from "#lib/db/runs.ts";

/** A reader of one run tree's journal, listening from the moment it was made. */
export interface RunWatch {
  /**
   * Returns the next events after the cursor in order, at least one; null when the run has ended and all was given;
   * `idle` when nothing came for `idleMs` milliseconds. Events that reach the journal meanwhile are not lost.
   */
  next(idleMs: number): Promise<JournalEvent[] | "idle" | null>;
  /** Moves the cursor: the next event will be the one after `index`. */
  seek(index: number): void;
  /** Stops listening. */
  close(): void;
}

const PAGE = 1_000;

/**
 * Opens a watch on a run. With `caughtUp` the journal is only read when the live events leave a gap: right for a run
 * that is created after the watch was opened.
 */
export function watchRun(
  scope: Scope,
  rootRunId: string,
  options: { afterIndex: number; caughtUp?: boolean },
): RunWatch {
  let cursor = options.afterIndex;
  let mustRead = options.caughtUp !== true;
  let ended = false;
  let live: JournalEvent[] = [];
  let wake: (() => void) | undefined;

  const unsubscribe = journalBus().subscribe(scope.organizationId, rootRunId, (events) => {
    if (events === null) mustRead = true;
    else live.push(...events);
    wake?.();
  });

  function accept(events: readonly JournalEvent[]): JournalEvent[] {
    const fresh: JournalEvent[] = [];
    for (const event of events) {
      if (event.lastIndex <= cursor) continue;
      fresh.push(event);
      cursor = event.lastIndex;
      if (endsRun(event, rootRunId)) ended = true;
    }
    return fresh;
  }

  async function read(): Promise<JournalEvent[]> {
    live = [];
    const events = await readRunEvents(scope, rootRunId, cursor, PAGE);
    mustRead = events.length === PAGE;
    return accept(events);
  }

  function takeLive(): JournalEvent[] {
    const first = live.find((event) => event.lastIndex > cursor);
    if (first !== undefined && first.index > cursor + 1) {
      mustRead = true;
      return [];
    }
    const taken = live;
    live = [];
    return accept(taken);
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
        const events = mustRead ? await read() : takeLive();
        if (events.length > 0) return events;
        if (mustRead) continue;
        if (live.length > 0) continue;
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
          const status = await getRunStatus(scope, rootRunId);
          if (status === null || isFinished(status)) return null;
          return "idle";
        }
      }
    },
  };
}

function endsRun(event: JournalEvent, rootRunId: string): boolean {
  return event.runId === rootRunId && (event.body.type === "RunCompleted" || event.body.type === "RunError");
}
