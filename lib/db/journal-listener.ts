import type { PoolClient } from "pg";
import { database } from "./database.ts";
import { journalBus } from "./journal-bus.ts";

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

/** A process's ear on the other processes. */
export interface JournalListener {
  stop(): Promise<void>;
}

/**
 * Listens to what other processes write and tells the bus which journals to read again, and hears which runs are to
 * stop. A notification carries ids only. While the connection is down nothing is heard, so every watcher reads again
 * once it is back.
 * Does nothing on the embedded database, which no other process shares.
 */
export async function startJournalListener(options: ListenerOptions): Promise<JournalListener> {
  if (database().kind === "embedded") return { stop: async () => {} };
  const { origin, retryDelayMs = 1_000, onCancelRequested, onError } = options;
  let stopped = false;
  let client: PoolClient | undefined;
  let retry: NodeJS.Timeout | undefined;

  function lost(from: PoolClient, error?: unknown): void {
    if (client !== from) return;
    client = undefined;
    from.release(true);
    if (stopped) return;
    onError?.(error);
    again();
  }

  function again(): void {
    retry = setTimeout(() => {
      listen().then(
        () => journalBus().invalidate(),
        (error: unknown) => {
          onError?.(error);
          if (!stopped) again();
        },
      );
    }, retryDelayMs);
    retry.unref();
  }

  async function listen(): Promise<void> {
    const connected = await database().pool.connect();
    if (stopped) {
      connected.release();
      return;
    }
    client = connected;
    connected.on("error", (error) => lost(connected, error));
    connected.on("end", () => lost(connected));
    connected.on("notification", ({ channel, payload }) => {
      if (payload === undefined) return;
      if (channel === CANCEL_CHANNEL) {
        onCancelRequested?.(payload.slice(payload.indexOf(" ") + 1));
        return;
      }
      const [from, organizationId, rootRunId] = payload.split(" ");
      if (from !== origin) journalBus().invalidate(organizationId, rootRunId);
    });
    try {
      await connected.query(`LISTEN ${CANCEL_CHANNEL}`);
      await connected.query(`LISTEN ${JOURNAL_CHANNEL}`);
    } catch (error) {
      client = undefined;
      connected.release(true);
      throw error;
    }
  }

  await listen();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      const last = client;
      client = undefined;
      // The connection has listened: it must not go back to the pool.
      last?.release(true);
    },
  };
}
