import { requestLostRuns } from "#lib/db/run-requests.ts";
import { bootId } from "./boot-id.ts";
import { log } from "./log.ts";
import { runDrivers } from "./run-drivers.ts";

/** A run waits this long at most once a dead replica's lease has run out, or once its own process can write again. */
const SWEEP_EVERY_MS = 3_000;

/**
 * Asks for drivers for the runs that have none: at once for those that a former life of this process has left, then
 * again and again for those of replicas that die meanwhile, for those that this process could not even let go of when
 * it could not write, and for requests that were lost.
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

function sweep(): Promise<number> {
  return requestLostRuns({ bootId: bootId(), driven: runDrivers().runIds() });
}
