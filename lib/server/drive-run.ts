import { randomUUID } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import type { RunLease } from "#lib/core/journal.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { claimRun, releaseRun } from "#lib/db/run-leases.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { getRunPosition } from "#lib/db/runs.ts";
import { type EndWithoutDriving, endRun } from "#lib/runtime/end-run.ts";
import { type ResumePoint, resumePoint } from "#lib/runtime/resume-point.ts";
import { SYSTEM_CLOCK } from "#lib/runtime/system-clock.ts";
import { bootId } from "./boot-id.ts";
import { driveClaimedRun } from "./drive-claimed-run.ts";
import { log } from "./log.ts";
import { logRunFailure } from "./log-run-failure.ts";
import { prepareLeftRun } from "./prepare-left-run.ts";
import { type LeftRun, readLeftRun } from "./read-left-run.ts";
import { runDrivers } from "./run-drivers.ts";
import { toolRegistry } from "./tool-registry.ts";

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
    const point = resumePoint(
      left.events,
      left.internals,
      (name) => toolRegistry().get(name)?.effect ?? null,
    );
    if (left.row.cancelRequestedAt !== null) await end(lease, left, point, { kind: "cancelled" });
    else await drive(scope, lease, left, point, signal);
  } catch (error) {
    // Whoever has asked for the drive asks again. Until then nobody must think that the run is being driven.
    await releaseRun(scope, lease).catch((second: unknown) =>
      log("error", "A run could not be let go of; the sweep will find it.", { ...lease, second }),
    );
    throw error;
  }
}

async function drive(
  scope: Scope,
  lease: RunLease,
  left: LeftRun,
  point: ResumePoint,
  signal: AbortSignal,
): Promise<void> {
  const prepared = await prepareLeftRun(scope, lease, left, point).catch(async (cause: unknown) => {
    if (!(cause instanceof AppError)) throw cause;
    await end(lease, left, point, { kind: "failed", cause });
    return null;
  });
  if (prepared !== null) await driveClaimedRun({ ...prepared, signal });
}

async function end(
  lease: RunLease,
  { row, sessionState }: LeftRun,
  point: ResumePoint,
  why: EndWithoutDriving,
): Promise<void> {
  const model = { id: row.modelId ?? "", provider: row.modelProvider ?? "" };
  const ports = { run: runIdentityOf(row, 0), clock: SYSTEM_CLOCK, newId: randomUUID, model };
  const outcome = await endRun({ ports, lease, journal: journalWriter(), point, sessionState }, why);
  logRunFailure(row.id, outcome);
}
