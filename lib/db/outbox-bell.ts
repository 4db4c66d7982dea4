import { processSingleton } from "../core/process-singleton.ts";

/** Tells the outbox's relay in this process that a commit has left it something to send. */
export interface OutboxBell {
  ring(): void;
  /** Calls back at every ring until the returned function is called. */
  listen(callback: () => void): () => void;
}

/** The one bell of this process. Who misses a ring finds the rows at the next look. */
export function outboxBell(): OutboxBell {
  return processSingleton("outbox-bell", () => {
    const listeners = new Set<() => void>();
    return {
      ring() {
        for (const listener of listeners) listener();
      },
      listen(callback) {
        const own = () => callback();
        listeners.add(own);
        return () => listeners.delete(own);
      },
    };
  });
}
