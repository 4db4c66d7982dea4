import { endInterruptedRuns } from "./end-interrupted-runs.ts";
import { log } from "./log.ts";

/** A dead replica's lease runs out after 30 s; its watchers then wait this long at most. */
const SWEEP_EVERY_MS = 10_000;

/** Ends the runs of processes that die while this one lives, until stopped. Needed where replicas share a Postgres. */
export function startInterruptionSweep(): { stop(): Promise<void> } {
  let underWay: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(async () => {
      try {
        await endInterruptedRuns();
      } catch (error) {
        log("error", "The sweep for interrupted runs failed.", { error });
      }
    });
  }, SWEEP_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
