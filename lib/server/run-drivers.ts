import { processSingleton } from "#lib/core/process-singleton.ts";
import { HandOver } from "#lib/runtime/hand-over.ts";

/** A run that this process is driving. */
interface Driver {
  abort: AbortController;
  finished: Promise<unknown>;
}

/** The runs that this process drives, by run id. */
export interface RunDrivers {
  /** True until the process begins to stop: then no run may be claimed any more. */
  accepting(): boolean;
  /** Runs `drive` under its own abort signal, keeps it until it ends and returns what it does. */
  start<T>(runId: string, drive: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Cancels a run driven here. False when it is not. */
  cancel(runId: string): boolean;
  /** The ids of the runs that are being driven. */
  runIds(): string[];
  /** Accepts no more runs and waits for those under way, `graceMs` milliseconds at most. */
  drain(graceMs: number): Promise<void>;
  /** Tells the drivers of all runs to stop where they are, as those that start from now on, and waits for them. */
  handOver(): Promise<void>;
}

/** The one registry of this process. */
export function runDrivers(): RunDrivers {
  return processSingleton("run-drivers", createRunDrivers);
}

function createRunDrivers(): RunDrivers {
  const drivers = new Map<string, Driver>();
  let state: "accepting" | "draining" | "handing_over" = "accepting";
  const allFinished = () => Promise.all([...drivers.values()].map((driver) => driver.finished));

  return {
    accepting: () => state === "accepting",
    start(runId, drive) {
      const abort = new AbortController();
      if (state === "handing_over") abort.abort(new HandOver());
      const result = drive(abort.signal);
      const driver: Driver = { abort, finished: result.catch(() => undefined) };
      drivers.set(runId, driver);
      return result.finally(() => {
        if (drivers.get(runId) === driver) drivers.delete(runId);
      });
    },
    cancel(runId) {
      const driver = drivers.get(runId);
      driver?.abort.abort(new Error(`Run ${runId} was cancelled`));
      return driver !== undefined;
    },
    runIds: () => [...drivers.keys()],
    async drain(graceMs) {
      state = "draining";
      let timer: NodeJS.Timeout | undefined;
      const graceOver = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([allFinished(), graceOver]);
      clearTimeout(timer);
    },
    async handOver() {
      state = "handing_over";
      for (const { abort } of drivers.values()) abort.abort(new HandOver());
      await allFinished();
    },
  };
}
