import { AppError } from "#lib/core/app-error.ts";
import type { RunLease } from "#lib/core/journal.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { claimRun, releaseRun } from "#lib/db/run-leases.ts";
import { getRunPosition } from "#lib/db/runs.ts";
import { bootId } from "./boot-id.ts";
import { driveClaimedRun } from "./drive-claimed-run.ts";
import { endLeftRun } from "./end-left-run.ts";
import { log } from "./log.ts";
import { prepareLeftRun } from "./prepare-left-run.ts";
import { readLeftRun } from "./read-left-run.ts";
import { resumePointOf } from "./resume-point-of.ts";
import { runDrivers } from "./run-drivers.ts";

/** Where a run stands after a drive: the index of its journal's last event, and its status. */
export interface RunPosition {
  index: number;
  status: RunStatus;
}

/**
 * Drives a root run that nobody drives: from its beginning, or from where its journal says that the last driver was.
 * Returns where it stands then. It stands unfinished when another process drives it, or when this process stops and
 * hands it over. Null when the caller has no such run. Rejects when the database fails; the run is nobody's then.
 */
export async function driveRun(scope: Scope, runId: string): Promise<RunPosition | null> {
  const drivers = runDrivers();
  const lease = drivers.accepting() ? await claimRun(scope, runId, bootId()) : null;
  if (lease !== null) await drivers.start(runId, (signal) => goOn(scope, lease, signal));
  return getRunPosition(scope, runId);
}

async function goOn(scope: Scope, lease: RunLease, signal: AbortSignal): Promise<void> {
  try {
    const left = await readLeftRun(scope, lease);
    if (left === null) return;
    const point = resumePointOf(left);
    if (left.row.cancelRequestedAt !== null) {
      await endLeftRun(lease, left, point, { kind: "cancelled" });
      return;
    }
    const prepared = await prepareLeftRun(scope, lease, left, point).catch(async (cause: unknown) => {
      if (!(cause instanceof AppError)) throw cause;
      await endLeftRun(lease, left, point, { kind: "failed", cause });
      return null;
    });
    if (prepared !== null) await driveClaimedRun({ ...prepared, signal });
  } catch (error) {
    // Whoever has asked for the drive asks again. Until then nobody must think that the run is being driven.
    await releaseRun(scope, lease).catch((second: unknown) =>
      log("error", "A run could not be let go of; the sweep will find it.", { ...lease, second }),
    );
    throw error;
  }
}
