import { database } from "./database.ts";

/**
 * How long a process counts as alive after its last sign of life. A run that is taken from a living one is recovered for
 * nothing, and a tool that it was in may have an unknown outcome: longer than the engine's claims, which cost less.
 */
const LEASE_MS = 20_000;

/** A process's sign of life. */
export interface Heartbeat {
  /** Ends it: everything that the process held can be claimed at once. Call it after the drivers have stopped. */
  stop(): Promise<void>;
}

interface HeartbeatOptions {
  /** Milliseconds between two signs of life. */
  intervalMs?: number;
  /** Gets what went wrong when a sign of life could not be written; the next one is tried all the same. */
  onError?: (error: unknown) => void;
}

/**
 * Writes this process's lease and renews it until stopped: one statement per interval, however many runs it drives.
 * On the embedded database every other process is dead, because the data folder is locked: their leases go.
 */
export async function startHeartbeat(bootId: string, options: HeartbeatOptions = {}): Promise<Heartbeat> {
  const { kind, pool } = database();
  const outlived = kind === "embedded" ? "" : ` AND "expiresAt" < now() - interval '1 day'`;
  await pool.query(`DELETE FROM "Lease" WHERE "bootId" <> $1${outlived}`, [bootId]);
  await renew(bootId);
  let underWay: Promise<void> = Promise.resolve();
  const timer = setInterval(
    () => {
      underWay = renew(bootId).catch((error: unknown) => options.onError?.(error));
    },
    options.intervalMs ?? LEASE_MS / 4,
  );
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
      await database().pool.query(`DELETE FROM "Lease" WHERE "bootId" = $1`, [bootId]);
    },
  };
}

/** Extends the lease by its full length, on the database's clock; writes it anew when it is gone. */
export async function renew(bootId: string): Promise<void> {
  await database().pool.query(
    `INSERT INTO "Lease" ("bootId", "expiresAt") VALUES ($1, now() + $2 * interval '1 millisecond')
     ON CONFLICT ("bootId") DO UPDATE SET "expiresAt" = excluded."expiresAt"`,
    [bootId, LEASE_MS],
  );
}

/** Forgets the processes that have not given a sign of life for a day; returns how many. */
export async function deleteExpiredLeases(): Promise<number> {
  const { rowCount } = await database().pool.query(
    `DELETE FROM "Lease" WHERE "expiresAt" < now() - interval '1 day'`,
  );
  return rowCount ?? 0;
}
