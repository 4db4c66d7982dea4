import { listCancelledRuns } from "#lib/db/run-leases.ts";
import { bootId } from "./boot-id.ts";
import { log } from "./log.ts";
import { runDrivers } from "./run-drivers.ts";

/** Together with the word on the line to the other processes, which may be lost, a cancel arrives within a second. */
const LOOK_EVERY_MS = 1_000;

/**
 * Stops the runs of this process that were cancelled in another one, until stopped itself. Looks only while this
 * process drives something: one statement, whatever the number of its runs.
 */
export function startCancelWatch(): { stop(): Promise<void> } {
  let underWay: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (runDrivers().runIds().length > 0) underWay = underWay.then(cancelRequested);
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

async function cancelRequested(): Promise<void> {
  try {
    for (const runId of await listCancelledRuns(bootId())) runDrivers().cancel(runId);
  } catch (error) {
    log("error", "The look for cancelled runs failed.", { error });
  }
}
