import { journalBus } from "./journal-bus.ts";
import { type NotificationListener, startNotificationListener } from "./notification-listener.ts";

/** The channel on which processes that share a Postgres tell each other which journals have grown. */
export const JOURNAL_CHANNEL = "gatehouse_journal";

/** The channel on which they tell each other which runs somebody wants to stop. */
export const CANCEL_CHANNEL = "gatehouse_cancel";

interface ListenerOptions {
  /** The name under which this process notifies; its own notifications are ignored. */
  origin: string;
  /** Milliseconds before the next attempt when the connection is lost. */
  retryDelayMs?: number;
  /** Gets the root run that somebody wants to stop, whoever drives it. */
  onCancelRequested?: (rootRunId: string) => void;
  /** Gets why the connection was lost. */
  onError?: (error: unknown) => void;
}

/**
 * Listens to what other processes write and tells the bus which journals to read again, and hears which runs are to
 * stop. A notification carries ids only. While the connection is down nothing is heard, so every watcher reads again
 * once it is back.
 * Does nothing on the embedded database, which no other process shares.
 */
export function startJournalListener(options: ListenerOptions): Promise<NotificationListener> {
  const { origin, retryDelayMs, onCancelRequested, onError } = options;
  return startNotificationListener({
    channels: {
      [CANCEL_CHANNEL]: (payload) => onCancelRequested?.(payload.slice(payload.indexOf(" ") + 1)),
      [JOURNAL_CHANNEL]: (payload) => {
        const [from, organizationId, rootRunId] = payload.split(" ");
        if (from !== origin) journalBus().invalidate(organizationId, rootRunId);
      },
    },
    onReconnect: () => journalBus().invalidate(),
    retryDelayMs,
    onError,
  });
}
