import type { JournalEvent } from "../core/journal.ts";
import { processSingleton } from "../core/process-singleton.ts";

/**
 * Gets the rows of a run tree as they are committed, in index order; null means that there may be rows which the bus
 * has not seen (another process wrote them): read them from the database.
 */
export type JournalListener = (events: readonly JournalEvent[] | null) => void;

/** Carries committed rows to the watchers in this process. It keeps nothing: who comes later reads the database. */
export interface JournalBus {
  /** Listens to one run tree. The returned function stops it. */
  subscribe(organizationId: string, rootRunId: string, listener: JournalListener): () => void;
  /** Tells of committed rows of one run tree, in index order. */
  publish(organizationId: string, rootRunId: string, events: readonly JournalEvent[]): void;
  /** Tells that another process has written to a run tree; without a tree, to any. */
  invalidate(organizationId?: string, rootRunId?: string): void;
}

/** The one bus of this process. */
export function journalBus(): JournalBus {
  return processSingleton("journal-bus", createJournalBus);
}

function createJournalBus(): JournalBus {
  const listeners = new Map<string, Set<JournalListener>>();
  const keyOf = (organizationId: string, rootRunId: string) => `${organizationId} ${rootRunId}`;

  function tell(key: string, events: readonly JournalEvent[] | null): void {
    for (const listener of listeners.get(key) ?? []) {
      try {
        listener(events);
      } catch (error) {
        // What was committed stays committed and the others must hear of it, whatever one listener does with it.
        process.emitWarning(error instanceof Error ? error : new Error("A journal listener failed."));
      }
    }
  }

  return {
    subscribe(organizationId, rootRunId, listener) {
      const key = keyOf(organizationId, rootRunId);
      const ofRun = listeners.get(key) ?? new Set();
      // A fresh function each time, so that the same listener may be subscribed twice and stopped once.
      const own: JournalListener = (events) => listener(events);
      ofRun.add(own);
      listeners.set(key, ofRun);
      return () => {
        ofRun.delete(own);
        if (ofRun.size === 0 && listeners.get(key) === ofRun) listeners.delete(key);
      };
    },
    publish(organizationId, rootRunId, events) {
      tell(keyOf(organizationId, rootRunId), events);
    },
    invalidate(organizationId, rootRunId) {
      if (organizationId !== undefined && rootRunId !== undefined) {
        tell(keyOf(organizationId, rootRunId), null);
      } else {
        for (const key of listeners.keys()) tell(key, null);
      }
    },
  };
}
