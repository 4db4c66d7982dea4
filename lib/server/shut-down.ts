import { journalWriter } from "#lib/db/journal-writer.ts";
import { backgroundServices } from "./background-services.ts";
import { runDrivers } from "./run-drivers.ts";

/** How long a stopping process lets its runs write on. */
const GRACE_MS = 20_000;

/** Lets the runs under way end, writes what is pending and gives up the lease. The caller closes the database. */
export async function shutDown(): Promise<void> {
  await runDrivers().drain(GRACE_MS);
  await journalWriter().drain();
  await backgroundServices().stopAll();
}
