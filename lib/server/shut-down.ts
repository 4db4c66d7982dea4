import { journalWriter } from "#lib/db/journal-writer.ts";
import { handOverRuns } from "#lib/db/run-requests.ts";
import { backgroundServices } from "./background-services.ts";
import { bootId } from "./boot-id.ts";
import { log } from "./log.ts";
import { runDrivers } from "./run-drivers.ts";

/** How long a stopping process lets its runs write on; supervisors usually kill after 30 s. */
const GRACE_MS = 15_000;

/**
 * Claims no more runs and lets those under way end. Those that need longer stop where they are, and another process or
 * the next start goes on with them. Then writes what is pending and gives up the lease. The caller closes the database.
 */
export async function shutDown(): Promise<void> {
  await runDrivers().drain(GRACE_MS);
  await runDrivers().handOver();
  await journalWriter().drain();
  const count = await handOverRuns(bootId());
  if (count > 0) log("info", "Runs under way were handed over.", { count });
  await backgroundServices().stopAll();
}
