import type { RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { claimRun } from "#lib/db/run-leases.ts";
import { getRunPosition } from "#lib/db/runs.ts";
import { bootId } from "./boot-id.ts";
import { driveInProcess } from "./drive-in-process.ts";
import { goOnWithRun } from "./go-on-with-run.ts";
import { runDrivers } from "./run-drivers.ts";

/** Where a run stands after a drive: the index of its journal's last event, and its status. */
export interface RunPosition {
  index: number;
  status: RunStatus;
}

/**
 * Drives a root run that nobody drives: from its beginning, or from where its journal says that the last driver was.
 * Returns where it stands then. It stands unfinished when it waits for people, when another process drives it, or when
 * this process stops and hands it over. Null when the caller has no such run. Rejects when the database fails; the run
 * is nobody's then.
 */
export async function driveRun(scope: Scope, runId: string): Promise<RunPosition | null> {
  const lease = runDrivers().accepting() ? await claimRun(scope, runId, bootId()) : null;
  if (lease !== null) await driveInProcess(scope, runId, (signal) => goOnWithRun(scope, lease, signal));
  return getRunPosition(scope, runId);
}
