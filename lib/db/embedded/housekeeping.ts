import { existsSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { protocolMessage } from "./frontend-message.ts";
import type { SessionMux } from "./session-mux.ts";

interface HousekeepingOptions {
  mux: Pick<SessionMux, "isFree" | "executedBatches">;
  execute: (bytes: Uint8Array) => void;
  directory: string | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Does what a server's background processes would do: a checkpoint each minute in which something ran (else the
 * write-ahead log and the recovery after a crash grow without bound), and once a day, at an idle minute, a vacuum.
 * Returns the function that ends it.
 */
export function startHousekeeping({ mux, execute, directory }: HousekeepingOptions): () => void {
  if (directory === null) return () => {};
  const marker = path.join(directory, "..", "database-vacuumed-at");
  if (!existsSync(marker)) writeFileSync(marker, "");
  let checkpointedAt = mux.executedBatches;
  let seen = mux.executedBatches;
  const timer = setInterval(() => {
    const idle = mux.executedBatches === seen;
    seen = mux.executedBatches;
    if (!mux.isFree) return;
    const vacuumAgeMs = Date.now() - statSync(marker).mtimeMs;
    if (vacuumAgeMs > 2 * DAY_MS || (idle && vacuumAgeMs > DAY_MS)) {
      execute(protocolMessage("Q", "VACUUM (ANALYZE)\0"));
      utimesSync(marker, new Date(), new Date());
    }
    if (checkpointedAt === seen) return;
    execute(protocolMessage("Q", "CHECKPOINT\0"));
    checkpointedAt = seen;
  }, MINUTE_MS);
  timer.unref();
  return () => clearInterval(timer);
}
