import type { PoolClient } from "pg";
import { database } from "./database.ts";

interface ListenerOptions {
  /** What is done with a notification's payload, by the channel's name. */
  channels: Record<string, (payload: string) => void>;
  /** The connection is back: what was notified in between was not heard. */
  onReconnect: () => void;
  /** Milliseconds before the next attempt when the connection is lost. */
  retryDelayMs?: number | undefined;
  /** Gets why the connection was lost. */
  onError?: ((error: unknown) => void) | undefined;
}

/** A process's ear on the other processes. */
export interface NotificationListener {
  stop(): Promise<void>;
}

/**
 * Listens on a connection of its own to what processes that share a Postgres tell each other.
 * Does nothing on the embedded database, which no other process shares.
 */
export async function startNotificationListener(options: ListenerOptions): Promise<NotificationListener> {
  if (database().kind === "embedded") return { stop: async () => {} };
  const { channels, onReconnect, retryDelayMs = 1_000, onError } = options;
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
      listen().then(onReconnect, (error: unknown) => {
        onError?.(error);
        if (!stopped) again();
      });
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
    connected.on("notification", ({ channel, payload }) => channels[channel]?.(payload ?? ""));
    try {
      for (const channel of Object.keys(channels)) await connected.query(`LISTEN ${channel}`);
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
