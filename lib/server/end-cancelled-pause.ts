import type { Scope } from "#lib/core/scope.ts";
import { claimRun } from "#lib/db/run-leases.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { bootId } from "./boot-id.ts";
import { endLeftRun } from "./end-left-run.ts";
import { readLeftRun } from "./read-left-run.ts";
import { resumePointOf } from "./resume-point-of.ts";

/**
 * Ends a run that has just come to wait for people when somebody has cancelled it meanwhile: who cancels a run that is
 * being driven leaves its end to the driver. Does nothing to any other run.
 */
export async function endCancelledPause(scope: Scope, runId: string): Promise<void> {
  const run = await getRunSummary(scope, runId);
  if (run?.status !== "PAUSED" || run.cancelRequestedAt === null) return;
  const lease = await claimRun(scope, runId, bootId());
  if (lease === null) return;
  const left = await readLeftRun(scope, lease);
  if (left === null) return;
  await endLeftRun(lease, left, resumePointOf(left), { kind: "cancelled" });
}
