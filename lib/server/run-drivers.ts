import { processSingleton } from "#lib/core/process-singleton.ts";

/** A run that this process is driving. */
interface Driver {
  abort: AbortController;
  finished: Promise<void>;
}

/** The runs that this process drives, by run id. */
export interface RunDrivers {
  /** Starts `drive` under its own abort signal and keeps it until it ends. `drive` must not reject. */
  start(runId: string, drive: (signal: AbortSignal) => Promise<void>): void;
  /** Aborts a run driven here. False when it is not. */
  cancel(runId: string): boolean;
  /** How many runs are being driven. */
  count(): number;
  /**
   * Waits for all runs to end. Those that have not after `graceMs` milliseconds are left where they stand:
   * their rows say so at the next start.
   */
  drain(graceMs: number): Promise<void>;
}

/** The one registry of this process. */
export function runDrivers(): RunDrivers {
  return processSingleton("run-drivers", createRunDrivers);
}

function createRunDrivers(): RunDrivers {
  const drivers = new Map<string, Driver>();
  return {
    start(runId, drive) {
      const abort = new AbortController();
      const finished = drive(abort.signal).finally(() => drivers.delete(runId));
      drivers.set(runId, { abort, finished });
    },
    cancel(runId) {
      const driver = drivers.get(runId);
      driver?.abort.abort(new Error(`Run ${runId} was cancelled`));
      return driver !== undefined;
    },
    count: () => drivers.size,
    async drain(graceMs) {
      const all = Promise.all([...drivers.values()].map((driver) => driver.finished));
      let timer: NodeJS.Timeout | undefined;
      const graceOver = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([all, graceOver]);
      clearTimeout(timer);
    },
  };
}
