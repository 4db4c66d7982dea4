import { buryLostSpending } from "#lib/db/end-spending.ts";
import { requestLostRuns } from "#lib/db/run-requests.ts";
import { bootId } from "./boot-id.ts";
import { log } from "./log.ts";
import { logBudgetWarnings } from "./log-budget-warnings.ts";
import { runDrivers } from "./run-drivers.ts";

/** A run waits this long at most once a dead replica's lease has run out, or once its own process can write again. */
const SWEEP_EVERY_MS = 3_000;
/** Calls whose money nobody waits for any more, in one sweep. */
const MOST_BURIED = 500;

/**
 * Asks for drivers for the runs that have none: at once for those that a former life of this process has left, then
 * again and again for those of replicas that die meanwhile, for those that this process could not even let go of when
 * it could not write, and for requests that were lost. What was set aside for calls of runs that have ended, or that
 * somebody else drives, counts as spent from then on.
 */
export async function startRecoverySweep(): Promise<{ stop(): Promise<void> }> {
  const found = await sweep();
  if (found > 0) log("info", "Runs that a stopped process left under way go on.", { count: found });
  let underWay: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(() =>
      sweep().catch((error: unknown) => log("error", "The sweep for lost runs failed.", { error })),
    );
  }, SWEEP_EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

async function sweep(): Promise<number> {
  const found = await requestLostRuns({ bootId: bootId(), driven: runDrivers().runIds() });
  logBudgetWarnings(await buryLostSpending(MOST_BURIED));
  return found;
}
