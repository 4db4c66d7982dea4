import { processSingleton } from "#lib/core/process-singleton.ts";
import { type Heartbeat, startHeartbeat } from "#lib/db/leases.ts";
import { bootId } from "./boot-id.ts";
import { endInterruptedRuns } from "./end-interrupted-runs.ts";
import { ensureFirstOrganization } from "./ensure-first-organization.ts";
import { ensureOwner } from "./ensure-owner.ts";
import { firstAccountNeeded } from "./first-account-needed.ts";
import { log } from "./log.ts";

/** The process's sign of life, once booted. */
export function processHeartbeat(): { current: Heartbeat | null } {
  return processSingleton("heartbeat", () => ({ current: null }));
}

/** Makes the process ready to serve: first organization, owner from the environment, lease, interrupted runs. */
export async function bootProcess(): Promise<{ setupCode: string | null; firstAccountNeeded: boolean }> {
  await ensureFirstOrganization();
  await ensureOwner();
  processHeartbeat().current = await startHeartbeat(bootId(), {
    onError: (error) => log("error", "The lease could not be renewed.", { error }),
  });
  const ended = await endInterruptedRuns();
  if (ended > 0) log("info", "Runs that the last process left under way were ended.", { count: ended });
  return firstAccountNeeded();
}
