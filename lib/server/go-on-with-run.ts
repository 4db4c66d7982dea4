import { AppError } from "#lib/core/app-error.ts";
import type { RunLease } from "#lib/core/journal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { buryRunSpending } from "#lib/db/end-spending.ts";
import { releaseRun } from "#lib/db/run-leases.ts";
import type { RunOutcome } from "#lib/runtime/end-of-run.ts";
import type { ResumePoint } from "#lib/runtime/resume-point.ts";
import { driveClaimedRun } from "./drive-claimed-run.ts";
import { endLeftRun } from "./end-left-run.ts";
import { log } from "./log.ts";
import { logBudgetWarnings } from "./log-budget-warnings.ts";
import { prepareLeftRun } from "./prepare-left-run.ts";
import { type LeftRun, readLeftRun } from "./read-left-run.ts";
import { resumePointOf } from "./resume-point-of.ts";

/**
 * Goes on with a run that the caller has claimed, from where its journal says, until it ends, waits for people, or the
 * signal says stop; returns what came of that, or null when it was ended without being driven. Rejects when the database
 * fails; the run is nobody's then.
 */
export async function goOnWithRun(
  scope: Scope,
  lease: RunLease,
  signal: AbortSignal,
): Promise<RunOutcome | null> {
  try {
    const left = await readLeftRun(scope, lease);
    if (left === null) return null;
    // The calls that the last driver was making are dead: what was set aside for them counts as spent.
    if (lease.generation > 1) {
      logBudgetWarnings(await buryRunSpending(scope, lease.rootRunId, lease.generation));
    }
    const point = resumePointOf(left);
    if (left.row.cancelRequestedAt === null) return await drive(scope, lease, left, point, signal);
    await endLeftRun(lease, left, point, { kind: "cancelled" });
    return null;
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
): Promise<RunOutcome | null> {
  const prepared = await prepareLeftRun(scope, lease, left, point).catch(async (cause: unknown) => {
    if (!(cause instanceof AppError)) throw cause;
    await endLeftRun(lease, left, point, { kind: "failed", cause });
    return null;
  });
  return prepared === null ? null : driveClaimedRun({ ...prepared, signal });
}
