import { compactLeftovers } from "#lib/db/compact-leftovers.ts";
import { database } from "#lib/db/database.ts";
import { startJournalListener } from "#lib/db/journal-listener.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { startHeartbeat } from "#lib/db/leases.ts";
import { backgroundServices } from "./background-services.ts";
import { bootId } from "./boot-id.ts";
import { ensureFirstOrganization } from "./ensure-first-organization.ts";
import { ensureOwner } from "./ensure-owner.ts";
import { firstAccountNeeded } from "./first-account-needed.ts";
import { log } from "./log.ts";
import { runDrivers } from "./run-drivers.ts";
import { startCancelWatch } from "./start-cancel-watch.ts";
import { startRecoverySweep } from "./start-recovery-sweep.ts";

/** Makes the process ready to serve: first organization, owner from the environment, lease, lost runs. */
export async function bootProcess(): Promise<{ setupCode: string | null; firstAccountNeeded: boolean }> {
  await ensureFirstOrganization();
  await ensureOwner();
  const services = backgroundServices();
  services.add(
    await startHeartbeat(bootId(), {
      onError: (error) => log("error", "The lease could not be renewed.", { error }),
    }),
  );
  services.add(
    await startJournalListener({
      origin: journalWriter().origin,
      onCancelRequested: (runId) => void runDrivers().cancel(runId),
      onError: (error) => log("error", "The line to the other replicas' journals was lost.", { error }),
    }),
  );
  if (database().kind === "postgres") services.add(startCancelWatch());
  services.add(await startRecoverySweep());
  await compactLeftovers();
  return firstAccountNeeded();
}
